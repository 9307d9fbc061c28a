using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Strategies;

// The small network trains without the weights of ResNet-18; the default needs them, and the error says which package has them.
if (File.Exists(Path.Combine(AppContext.BaseDirectory, "TransferLearning.ResNet18.dll")))
{
    Console.Error.WriteLine("the weights of ResNet-18 are in the program's folder");
    return 1;
}

var images = ImageDataset.FromImages(
    Enumerable.Range(0, 12).Select(number => number % 2 == 0
        ? LabeledImage.FromBytes(PackageConsumer.Bitmap.Create(40, number), "dark")
        : LabeledImage.FromBytes(PackageConsumer.Bitmap.Create(200, number), "light")));
TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(images).WithoutBottleneckCache();
pipeline.WithBackbone(Backbone.Compact).Fit().Model.Dispose();
try
{
    pipeline.Fit().Model.Dispose();
    Console.Error.WriteLine("the default backbone was trained with, though its weights were left out");
    return 1;
}
catch (TransferLearningException e) when (e.Message.Contains("package TransferLearning.ResNet18", StringComparison.Ordinal))
{
    Console.WriteLine($"as expected: {e.Message}");
    return 0;
}
