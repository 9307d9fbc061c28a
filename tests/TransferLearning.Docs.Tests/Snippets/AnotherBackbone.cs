using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class AnotherBackbone
{
    public static void Run()
    {
        // begin
        var options = new BackboneOptions { Normalization = PixelNormalization.Inception };
        Backbone backbone = Backbone.FromFile("mobilenet_v2.onnx", options);
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(backbone).Fit();
        // end
    }
}
