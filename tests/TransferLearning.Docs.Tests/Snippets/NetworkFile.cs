using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class NetworkFile
{
    public static void Run()
    {
        // begin
        Backbone backbone = Backbone.FromFile("googlenet.onnx", new BackboneOptions
        {
            Normalization = PixelNormalization.Caffe,
            Resize = ResizeMode.CenterCrop,
            CropFraction = 0.875f,
        });
        Console.WriteLine($"{backbone.Preprocessing.Normalization.ChannelOrder} by {backbone.PreprocessingSource}");
        // end
    }
}
