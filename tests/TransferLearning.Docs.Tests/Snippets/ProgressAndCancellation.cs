using TransferLearning;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class ProgressAndCancellation
{
    public static async Task RunAsync()
    {
        // begin
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var progress = new Progress<TransferProgress>(p => Console.WriteLine($"{p.Stage} {p.Done}/{p.Total}"));
        FineTuningResult result = await TransferPipeline.FineTune("photos/").FitAsync(progress, cancellation.Token);
        // end
    }
}
