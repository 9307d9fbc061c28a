using TransferLearning;
using TransferLearning.Imaging;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.Augmentation;

internal static class OwnAugmentation
{
    public static void Run()
    {
        // begin
        ImageAugmentation scans = ImageAugmentation.None with { MaxRotation = 5, Brightness = 0.2, Contrast = 0.2 };
        CrossValidationResult plain = TransferPipeline.CrossValidate("photos/").Fit();
        CrossValidationResult augmented = TransferPipeline.CrossValidate("photos/").WithAugmentation(scans, views: 2).Fit();
        Console.WriteLine($"accuracy {plain.MeanAccuracy:P1} without views, {augmented.MeanAccuracy:P1} with them");
        // end
    }
}
