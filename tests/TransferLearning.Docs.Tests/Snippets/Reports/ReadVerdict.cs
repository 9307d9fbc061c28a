using TransferLearning;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Docs.Tests.Snippets.Reports;

internal static class ReadVerdict
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
        Verdict verdict = Verdict.Of(result);
        Console.WriteLine(verdict.HowGood);
        Console.WriteLine(verdict.HowSure);
        foreach (NextStep step in verdict.NextSteps)
        {
            Console.WriteLine($"{step.Finding}: {step.Advice}, or {step.Command}");
        }
        // end
    }
}
