using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Reports.Html;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows a pipeline's stages: extraction and training on each data set.</summary>
internal sealed class TransferStages(IProgress<StageProgress> display, string? faster) : IProgress<TransferProgress>
{
    private readonly LongExtraction _long = new(faster);
    private readonly NetworkStage _network = new();

    /// <param name="display">Where they are shown; null for nowhere.</param>
    /// <param name="faster">What makes a long extraction faster, as a clause; null where nothing is known to.</param>
    public static TransferStages? On(IProgress<StageProgress>? display, string? faster) =>
        display is null ? null : new TransferStages(display, faster);

    public void Report(TransferProgress value)
    {
        string data = DataName.Of(value.Data);
        display.Report(value.Stage switch
        {
            TransferStage.Extracting => Extracting($"Extracting bottlenecks of {data}", value),
            TransferStage.Training => new StageProgress($"Training on {data}", value.Done, value.Total, Detail(value.Epoch)),
            TransferStage.Reading => new StageProgress(
                $"Reading the images of {data}", value.Done, value.Total, $"{value.Extraction?.ImagesPerSecond ?? 0:0} images/s"),
            TransferStage.TrainingNetwork when value.Plan is { } plan => StagePlan.Of(data, plan),
            TransferStage.TrainingNetwork => _network.Of($"Training the network on {data}", value),
            TransferStage.CrossValidating => new StageProgress($"Cross-validating on {data}", value.Done, value.Total, "folds"),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.Stage, "a text was expected for every stage"),
        });
    }

    private static string Detail(EpochProgress? epoch) => epoch is null ? ""
        : epoch.ValidationAccuracy is { } accuracy
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {epoch.Epoch}, loss {epoch.ValidationLoss ?? epoch.TrainingLoss:0.000}, validation accuracy {accuracy:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}, loss {epoch.TrainingLoss:0.000}");

    private StageProgress Extracting(string stage, TransferProgress value)
    {
        if (value.Extraction is not { } extraction)
        {
            return new StageProgress(stage, value.Done, value.Total, "");
        }

        stage = extraction.Views switch
        {
            0 => stage,
            1 => $"{stage}, 1 view of each training image",
            var views => $"{stage}, {views} views of each training image",
        };
        return new StageProgress(stage, value.Done, value.Total, $"{extraction.ImagesPerSecond:0} images/s")
        {
            Note = _long.Note(stage, extraction),
        };
    }
}
