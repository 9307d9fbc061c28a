using System.Diagnostics;
using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Magick;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Endurance;

/// <summary>
/// Measures for reports/long-runs.md whether memory grows: over a cache of 1,000,000 records, 10,000 decodings, 1,000 models that are
/// loaded, used and disposed of, and 200 fits. Arguments: a part of the names of the runs; a divisor of their lengths.
/// </summary>
internal static class LongRunsMeasurement
{
    private const int Records = 1_000_000;
    private const int Passes = 5;
    private const int Decodings = 10_000;
    private const int Loads = 1_000;
    private const int Fits = 200;
    private const int Samples = 10;

    public static int Run(string[] arguments, TextWriter output)
    {
        string named = arguments.Length > 0 ? arguments[0] : "";
        int divisor = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        string folder = Directory.CreateTempSubdirectory("long-runs-").FullName;
        output.WriteLine("| run | rounds | seconds | heap, MB: first tenth, middle, end | own pages, MB: first tenth, middle, end |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        try
        {
            foreach ((string name, int rounds, Func<Action<int>> prepare) in Runs(folder, divisor))
            {
                if (name.Contains(named, StringComparison.Ordinal))
                {
                    Measure(name, rounds, prepare(), output);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Measure(string name, int rounds, Action<int> round, TextWriter output)
    {
        var samples = new MemorySample[Samples];
        long start = Stopwatch.GetTimestamp();
        for (int s = 0, done = 0; s < Samples; s++)
        {
            for (; done < (long)rounds * (s + 1) / Samples; done++)
            {
                round(done);
            }

            samples[s] = MemorySample.Now();
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {rounds:#,0} | {seconds:0} | {Text(samples, m => m.ManagedBytes)} | {Text(samples, m => m.PrivateBytes)} |"));
    }

    private static string Text(MemorySample[] samples, Func<MemorySample, long> bytes) => string.Join(
        ", ",
        new[] { 0, Samples / 2, Samples - 1 }
            .Select(s => (bytes(samples[s]) / 1e6).ToString("0.0", CultureInfo.InvariantCulture)));

    private static IEnumerable<(string Name, int Rounds, Func<Action<int>> Prepare)> Runs(string folder, int divisor)
    {
        int records = Records / divisor;
        var cache = new BottleneckCache(Path.Combine(folder, "cache"));
        yield return ("cache: records added", records, () => Append(cache));
        yield return ("cache: records read, in five passes", Passes * records, () => Read(cache, records));
        yield return ("cache: opened, one record read, closed", 100, () => Open(cache));
        yield return ($"decodings ({EncodedPhotos.Formats})", Decodings / divisor, Decode);
        string compact = Path.Combine(folder, "compact.onnx"), resnet = Path.Combine(folder, "resnet18.onnx");
        yield return ("load, predict, dispose: compact", Loads / divisor, () => Load(compact, Backbone.Compact));
        yield return ("load, predict, dispose: resnet18", Loads / divisor, () => Load(resnet, Backbone.ResNet18));
        yield return ("fits", Fits / divisor, () => Fit(Path.Combine(folder, "fits")));
    }

    private static Action<int> Append(BottleneckCache cache)
    {
        var store = new BottleneckStore(cache, Backbone.Compact, TimeProvider.System);
        float[] features = new float[Backbone.Compact.FeatureSize];
        return i =>
        {
            features[0] = i;
            store.Add(Key(i), features);
        };
    }

    private static Action<int> Read(BottleneckCache cache, int records)
    {
        var store = new BottleneckStore(cache, Backbone.Compact, TimeProvider.System);
        float[] features = new float[Backbone.Compact.FeatureSize];
        return i =>
        {
            // The last few may be pending in the store that added them.
            if (!store.TryRead(Key(i % records), features) && i % records < records - 1000)
            {
                throw new InvalidDataException($"record {i % records} is missing");
            }
        };
    }

    private static Action<int> Open(BottleneckCache cache)
    {
        float[] features = new float[Backbone.Compact.FeatureSize];
        return i =>
        {
            using var store = new BottleneckStore(cache, Backbone.Compact, TimeProvider.System);
            store.TryRead(Key(i), features);
        };
    }

    private static ContentKey Key(int number) => ContentKey.Of(BitConverter.GetBytes(number));

    private static Action<int> Decode()
    {
        byte[][] files = EncodedPhotos.Read();
        ImageFormats formats = MagickFormats.All;
        return i => formats.Decode(files[i % files.Length]);
    }

    private static Action<int> Load(string path, Backbone backbone)
    {
        string photo = Photos().Images[0].Path;
        FineTuningResult result = TransferPipeline.FineTune(Photos()).WithBackbone(backbone).WithoutBottleneckCache().Fit();
        result.Model.Save(path);
        result.Model.Dispose();
        return _ =>
        {
            using var model = TransferModel.Load(path);
            model.Predict(photo);
        };
    }

    private static Action<int> Fit(string cache) => seed =>
    {
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(Photos()).WithBackbone(Backbone.Compact)
            .WithBottleneckCache(cache).WithSeed(seed);
        pipeline.Fit().Model.Dispose();
    };

    private static ImageDataset Photos() => ImageDataset.Open(SharedFiles.PathOf("data", "hymenoptera"));
}
