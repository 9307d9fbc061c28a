using TransferLearning;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class SmallThenLarger
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos-small/", tuneOn: "photos-large/").Fit();
        foreach (FineTuningStep step in result.Steps)
        {
            Console.WriteLine($"{step.Data}: {step.Metrics.Accuracy:P1} on the small set");
            Console.WriteLine($"{step.Data}: {step.MetricsOnLarger!.Accuracy:P1} on the larger one");
        }
        // end
    }
}
