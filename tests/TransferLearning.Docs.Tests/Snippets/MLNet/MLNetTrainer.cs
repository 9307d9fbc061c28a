using TransferLearning;
using TransferLearning.MLNet;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.MLNet;

internal static class MLNetTrainer
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline
            .FineTune("photos/")
            .WithRetrainer(new MLNetRetrainer(MLNetRetrainerOptions.For("mobilenet_v2.meta")))
            .Fit();
        result.Model.Save("flowers.onnx");
        // end
    }
}
