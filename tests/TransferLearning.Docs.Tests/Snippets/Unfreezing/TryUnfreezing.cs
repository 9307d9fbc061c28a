using TransferLearning;
using TransferLearning.Advice;

namespace TransferLearning.Docs.Tests.Snippets.Unfreezing;

internal static class TryUnfreezing
{
    public static void Run()
    {
        // begin
        AdviceResult advice = TransferPipeline.Advise("photos/", new AdviceOptions { TriesUnfreezing = true }).Fit();
        if (advice.Unfreezing is { } trial)
        {
            Console.WriteLine($"{trial.HeadAccuracy:P1} with the head alone, {trial.TunedAccuracy:P1} with the last stage trained too");
            Console.WriteLine($"unfreeze: {trial.IsRecommended}, at most {TimeSpan.FromSeconds(trial.SecondsForAll)} on all images");
        }
        // end
    }
}
