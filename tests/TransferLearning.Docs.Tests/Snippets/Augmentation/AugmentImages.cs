using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.Augmentation;

internal static class AugmentImages
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithAugmentation(ImageAugmentation.Photos, views: 4).Fit();
        Console.WriteLine($"accuracy {result.Metrics.Accuracy:P1}; {result.Model.Origin.Facts["augmentation"]}");
        result.Model.Save("augmented.onnx");
        // end
    }
}
