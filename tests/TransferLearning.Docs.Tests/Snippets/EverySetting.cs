using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class EverySetting
{
    public static async Task RunAsync()
    {
        // begin
        FineTuningResult result = await TransferPipeline
            .FineTune("photos-small/", tuneOn: "photos-large/", new FineTuningOptions { Epochs = 50 })
            .WithBackbone(Backbone.FromFile("mobilenet_v2.onnx"))
            .WithBottleneckCache("cache/")
            .WithValidation(0.25)
            .WithSeed(42)
            .FitAsync();
        // end
    }
}
