using System.Diagnostics;
using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.OnnxRuntime;
using TransferLearning.Peers.OnnxRuntimeExtraction;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var network, var folder, var threadsText, var roundsText, .. var limit]
    || !int.TryParse(threadsText, out int threads) || !int.TryParse(roundsText, out int rounds))
{
    Console.Error.WriteLine("usage: NETWORK.onnx FOLDER THREADS ROUNDS [PHOTOS]: an input of values from -1 to 1");
    return 1;
}

string[] files = Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories);
Array.Sort(files, StringComparer.Ordinal);
files = limit is [var most] ? files[..Math.Min(files.Length, int.Parse(most))] : files;
var backbone = Backbone.FromFile(network, new BackboneOptions { Normalization = PixelNormalization.Inception });

// All load the network once, and then compute the same photos in turns.
using var hand = new HandExtraction(network, threads);
(string Name, Func<float[]> Run)[] contestants =
[
    ("Skia + ONNX Runtime by hand", () => hand.Run(files)),
    ("engine ONNX Runtime", () => Extract(OnnxRuntimeEngine.Cpu())),
    ("engine embedded", () => Extract(EmbeddedEngine.Instance)),
];
double[][] seconds = [.. contestants.Select(_ => new double[rounds])];
foreach ((_, Func<float[]> run) in contestants)
{
    run();
}

for (int round = 0; round < rounds; round++)
{
    for (int c = 0; c < contestants.Length; c++)
    {
        var watch = Stopwatch.StartNew();
        contestants[c].Run();
        seconds[c][round] = watch.Elapsed.TotalSeconds;
    }
}

foreach ((int c, (string name, _)) in contestants.Index())
{
    double[] sorted = [.. seconds[c].Order()], first = [.. seconds[0].Order()];
    Console.WriteLine(
        $"{Path.GetFileName(network)}, {files.Length} photos, {threads} threads, {name}: fastest {files.Length / sorted[0]:0.0}, median "
        + $"{files.Length / sorted[rounds / 2]:0.0} photos/s; by hand / this: minima {first[0] / sorted[0]:0.00}, medians "
        + $"{first[rounds / 2] / sorted[rounds / 2]:0.00}");
}

return 0;

// With loading the network, which the contestant by hand has done before.
float[] Extract(INetworkEngine engine) =>
    [.. new BottleneckExtractor(backbone, null, new ExtractionOptions { Engine = engine, Threads = threads })
        .Extract(ImageDataset.FromFiles(files)).Bottlenecks.Values];
