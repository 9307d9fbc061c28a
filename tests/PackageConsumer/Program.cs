using System.Reflection;
using System.Reflection.PortableExecutable;
using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Runtime;
using TransferLearning.Strategies;

// "predict MODEL IMAGE" is what benchmarks time the start of.
if (args is ["predict", string modelFile, string imageFile])
{
    using TransferModel loaded = TransferModel.Load(modelFile);
    Console.WriteLine(loaded.Predict(imageFile).Label);
    return 0;
}

// Otherwise it trains on two kinds of images that it makes itself, saves the model, loads it and predicts: all through the packages.
// "keep FOLDER" leaves images and model in a folder, for the other programs.
string? kept = args is ["keep", string given] ? Directory.CreateDirectory(given).FullName : null;
string folder = kept ?? Directory.CreateTempSubdirectory("package-consumer-").FullName;
try
{
    foreach (string label in (string[])["dark", "light"])
    {
        Directory.CreateDirectory(Path.Combine(folder, "images", label));
        for (int number = 0; number < 6; number++)
        {
            byte[] bitmap = PackageConsumer.Bitmap.Create(label == "light" ? 200 : 40, number);
            File.WriteAllBytes(Path.Combine(folder, "images", label, $"{number}.bmp"), bitmap);
        }
    }

    string file = Path.Combine(folder, "model.onnx");
    FineTuningResult result = TransferPipeline.FineTune(Path.Combine(folder, "images")).WithoutBottleneckCache().Fit();
    result.Model.Save(file);

    using TransferModel model = TransferModel.Load(file);
    Prediction prediction = model.Predict(ImageFormats.BuiltIn.Decode(PackageConsumer.Bitmap.Create(210, 9)));
    Console.WriteLine($"{prediction.Label} ({prediction.Probability:0.000}) by a model of {result.TrainImages} images");

    string[] notCompiledAhead = [.. Libraries().Where(library => !IsCompiledAhead(library)).Select(library => library.Location)];
    foreach (string library in notCompiledAhead)
    {
        Console.Error.WriteLine($"{library} holds no code compiled ahead");
    }

    return prediction.Label == "light" && notCompiledAhead.Length == 0 ? 0 : 1;
}
finally
{
    if (kept is null)
    {
        Directory.Delete(folder, recursive: true);
    }
}

static IEnumerable<Assembly> Libraries() =>
    [typeof(TransferPipeline).Assembly, typeof(InvalidNetworkException).Assembly, typeof(RgbImage).Assembly];

static bool IsCompiledAhead(Assembly library)
{
    using var reader = new PEReader(File.OpenRead(library.Location));
    return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
}
