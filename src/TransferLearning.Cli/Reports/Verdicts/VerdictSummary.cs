using TransferLearning.Cli.Hosting;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Reports.Verdicts;

/// <summary>Prints a verdict below the figures: how good, how sure, and one line per next step.</summary>
internal static class VerdictSummary
{
    public static void Write(CommandHost host, Verdict verdict)
    {
        host.Output.WriteLine($"Verdict: {verdict.HowGood}");
        host.Output.WriteLine($"Certainty: {verdict.HowSure}");
        foreach (NextStep step in verdict.NextSteps)
        {
            host.Output.WriteLine($"Improve: {step.Finding}: {step.Command}");
        }

        if (verdict.NextSteps.Count == 0)
        {
            host.Output.WriteLine($"Improve: {Verdict.NothingFound}");
        }
    }
}
