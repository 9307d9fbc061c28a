using TransferLearning;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Docs.Tests.Snippets.Unfreezing;

internal static class ResumeTraining
{
    public static void Run()
    {
        // begin
        var training = new NetworkTrainingOptions { Epochs = 6, Checkpoint = "tuned.checkpoint", Resumes = true };
        var options = new FineTuningOptions { UnfrozenStages = 1, StageTraining = training };
        FineTuningResult result = TransferPipeline.FineTune("photos/", options).Fit();
        result.Model.Save("tuned.onnx");
        training.RemoveCheckpoint();
        // end
    }
}
