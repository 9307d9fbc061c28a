using TransferLearning.Backbones;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows how many megabytes of a network have arrived, and from where.</summary>
internal sealed class FetchStage(IProgress<StageProgress> display) : IProgress<CatalogProgress>
{
    private const int Megabyte = 1_000_000;

    /// <summary>The progress for a display; null where there is none.</summary>
    public static FetchStage? On(IProgress<StageProgress>? display) => display is null ? null : new FetchStage(display);

    public void Report(CatalogProgress value)
    {
        int done = (int)(value.Bytes / Megabyte), total = Math.Max(1, (int)(value.Total / Megabyte));
        display.Report(value.Stage switch
        {
            CatalogStage.Waiting => new StageProgress("Waiting for another process that fetches the same network", 0, 0, ""),
            CatalogStage.Fetching => new StageProgress($"Fetching {value.Name}", done, total, $"MB from {value.Source}"),
            CatalogStage.Verifying => new StageProgress($"Verifying {value.Name}", 0, 0, "SHA-256"),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.Stage, "an unknown stage"),
        });
    }
}
