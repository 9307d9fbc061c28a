using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Cli.Progress;

/// <summary>Compares two models and shows the progress.</summary>
internal sealed class ComparisonStage(IProgress<StageProgress> display, int total) : IProgress<int>
{
    public static Task<ModelComparison> RunAsync(
        CommandHost host,
        CommonSettings common,
        TransferModel first,
        TransferModel second,
        ImageDataset images,
        CancellationToken cancellationToken) => ProgressDisplay.RunAsync(host, common.IsQuiet, display => Task.Run(
            () => ModelComparison.Of(
                first,
                second,
                images,
                common.Threads,
                display is null ? null : new ComparisonStage(display, 2 * images.Count),
                cancellationToken),
            cancellationToken));

    public void Report(int value) => display.Report(new StageProgress("Predicting with both models", value, total, ""));
}
