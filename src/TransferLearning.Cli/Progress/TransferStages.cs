namespace TransferLearning.Cli.Progress;

/// <summary>Shows a pipeline's stages: extraction and training on each data set.</summary>
internal sealed class TransferStages(IProgress<StageProgress> display) : IProgress<TransferProgress>
{
    public static TransferStages? On(IProgress<StageProgress>? display) => display is null ? null : new TransferStages(display);

    public void Report(TransferProgress value)
    {
        string extraction = value.Extraction is { } rate ? $"{rate.ImagesPerSecond:0} images/s" : "";
        string loss = value.Epoch is { } epoch ? $"loss {epoch.ValidationLoss ?? epoch.TrainingLoss:0.000}" : "";
        string data = Path.GetFileName(Path.TrimEndingDirectorySeparator(value.Data));
        display.Report(value.Stage switch
        {
            TransferStage.Extracting => new StageProgress($"Extracting bottlenecks of {data}", value.Done, value.Total, extraction),
            TransferStage.Training => new StageProgress($"Training on {data}", value.Done, value.Total, loss),
            TransferStage.CrossValidating => new StageProgress($"Cross-validating on {data}", value.Done, value.Total, "folds"),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.Stage, "a text was expected for every stage"),
        });
    }
}
