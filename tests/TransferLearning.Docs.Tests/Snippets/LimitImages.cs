using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class LimitImages
{
    public static void Run()
    {
        // begin
        var limits = new ImageLimits { MaxPixels = 40_000_000, MaxBytes = 20_000_000 };
        using TransferModel model = TransferModel.Load("flowers.onnx", new ModelLoadOptions { Limits = limits });
        ImageDataset photos = ImageDataset.Open("photos/", new ImageDatasetOptions { Limits = limits });
        // end
    }
}
