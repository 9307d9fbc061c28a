using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Models;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>evaluate</c>: metrics of a model on labelled data.</summary>
internal sealed class EvaluateVerb(CommandHost host)
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model file that fine-tune wrote." };

    private readonly Argument<string> _data = new("DATA")
    {
        Description = $"{DataDescription.Labelled} Where the data brings its own division, its validation part is judged.",
    };

    private readonly GateOption _gate = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command("evaluate", "Judges a model on labelled images.") { _model, _data };
        _gate.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        ImageDataset? data = problems.Collect(() => ImageDataset.Open(parsed.GetRequiredValue(_data)));
        using TransferModel? model = problems.Collect(() => TransferModel.Load(parsed.GetRequiredValue(_model)));
        problems.ThrowIfAny();

        ImageDataset judged = LabelledFor(model!, data!.OwnSplit?.Validation ?? data);
        IReadOnlyList<ImagePrediction> predictions = await PredictionStage
            .RunAsync(host, common, model!, judged, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(predictions);
        Warnings.Write(host.Error, skipped, []);
        EvaluateReport report = Describe(Judge(model!, judged, predictions), skipped);
        ReportJson.Write(common.Json, report, ReportJson.Default.EvaluateReport);
        if (!common.IsQuiet)
        {
            new FigureTable()
                .Add("Images", report.Images)
                .Add("Accuracy", report.Accuracy)
                .Add("Top-5 accuracy", report.Top5)
                .Add("Macro F1", report.MacroF1)
                .Add("Log loss", report.LogLoss)
                .Add("Calibration error", report.Ece)
                .WriteTo(host);
        }

        return _gate.Check(parsed, report.Accuracy, host.Error);
    }

    /// <summary>The data with the model's classes, each image with one of them.</summary>
    private static ImageDataset LabelledFor(TransferModel model, ImageDataset data)
    {
        int unlabelled = data.Images.Count(i => i.Label is null);
        if (unlabelled > 0)
        {
            throw new CommandException(
                $"'{data.Name}': {unlabelled} of {data.Count} images have no label: "
                + "expected a folder a class, or a manifest with a label in each row");
        }

        string[] unknown = [.. data.Images.Select(i => i.Label!).Distinct().Except(model.Labels).Order(StringComparer.Ordinal)];
        return unknown.Length == 0
            ? data.WithLabels(model.Labels)
            : throw new CommandException(
                $"'{data.Name}' has classes that the model does not know: {string.Join(", ", unknown)}. "
                + $"It knows: {string.Join(", ", model.Labels)}");
    }

    private static ClassificationMetrics Judge(TransferModel model, ImageDataset data, IReadOnlyList<ImagePrediction> predictions)
    {
        int classes = model.Labels.Count;
        int[] used = [.. Enumerable.Range(0, predictions.Count).Where(i => predictions[i].Prediction is not null)];
        if (used.Length == 0)
        {
            throw new CommandException($"none of the images of '{data.Name}' can be read");
        }

        var labels = new int[used.Length];
        var probabilities = new float[used.Length * classes];
        for (int row = 0; row < used.Length; row++)
        {
            labels[row] = data.LabelIndices[used[row]];
            predictions[used[row]].Prediction!.Probabilities.CopyTo(probabilities.AsSpan(row * classes));
        }

        return ClassificationMetrics.Compute(model.Labels, labels, probabilities);
    }

    private static EvaluateReport Describe(ClassificationMetrics metrics, IReadOnlyList<SkippedImageReport> skipped) => new()
    {
        Images = metrics.Images,
        Accuracy = metrics.Accuracy,
        Top5 = metrics.Top5Accuracy,
        MacroF1 = metrics.MacroF1,
        LogLoss = metrics.LogLoss,
        Ece = metrics.ExpectedCalibrationError,
        Skipped = skipped.Count,
        SkippedImages = skipped,
    };
}
