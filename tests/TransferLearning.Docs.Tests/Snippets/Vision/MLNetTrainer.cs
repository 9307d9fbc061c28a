using TransferLearning;
using TransferLearning.MLNet.Vision;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets.Vision;

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
