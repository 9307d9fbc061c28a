using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.Packages;

internal static class ResNet18Backbone
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(Backbone.ResNet18).Fit();
        // end
    }
}
