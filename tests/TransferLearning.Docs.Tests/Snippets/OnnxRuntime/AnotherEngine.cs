using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.OnnxRuntime;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.OnnxRuntime;

internal static class AnotherEngine
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/")
            .WithBackbone(Backbone.FromFile("network.onnx"))
            .WithEngine(OnnxRuntimeEngine.Cpu())
            .Fit();
        // end
    }
}
