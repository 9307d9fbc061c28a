using System.CommandLine;
using System.Globalization;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Predict;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>predict</c>: gives the labels of images.</summary>
internal sealed class PredictVerb(CommandHost host)
{
    public const string Name = "predict";

    private const int DefaultTop = 5;

    private readonly Argument<string> _model = new("MODEL") { Description = "A model file, as fine-tune and other verbs save it." };

    private readonly Argument<string[]> _images = new("IMAGE-or-FOLDER")
    {
        Description = "Image files, folders of images, archives, or patterns such as photos/*.jpg.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int?> _top = ValueOption.WholeNumber(
        "--top",
        $"Number of labels per image, the most probable ones, that are printed and written. Default: one printed, {DefaultTop} written.",
        minimum: 1);

    private readonly Option<double?> _minProbability = ValueOption.Fraction(
        "--min-probability",
        $"Give an image whose most probable label is less probable than this the label '{PredictionReport.UnsureLabel}'. Default: none.");

    private readonly Option<string?> _csv = ValueOption.Text("--csv", "Write the predictions to a CSV file.", "FILE");
    private readonly ReportOption _report = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command(Name, "Gives the label of each image.") { _model, _images, _top, _minProbability, _csv };
        _report.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? csv = problems.CollectOutput(parsed, _csv);
        OutputFile? reportFile = _report.Read(parsed, problems);
        ImageDataset? images = Open(parsed.GetRequiredValue(_images), common.Data, problems);
        using TransferModel? model = problems.Collect(
            () => TransferModel.Load(parsed.GetRequiredValue(_model), common.ModelOptions));
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        IReadOnlyList<ImagePrediction> results = await PredictionStage
            .RunAsync(host, common, model!, images!, cancellationToken).ConfigureAwait(false);
        int top = Math.Min(parsed.GetValue(_top) ?? DefaultTop, model!.Labels.Count);
        var labeled = LabeledPredictions.Of(model, images!, results);
        PredictReport report = Describe(results, top, parsed.GetValue(_minProbability), labeled);
        Notes notes = labeled is null
            ? new Notes([], [])
            : Notes.Of([.. new[] { labeled.Overlap?.Warning }.OfType<string>()], report.LabeledImages);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        if (report.Predictions.Count == 0)
        {
            throw new CommandException("none of the images can be read: the warnings above say why");
        }

        await ReportWriting.WriteAsync(host, common, reportFile, Report.Of(images!, results), cancellationToken).ConfigureAwait(false);
        csv?.WriteLines(PredictionCsv.Lines(report.Predictions, top));
        ReportJson.Write(common, report, notes, static c => c.PredictReport);
        if (!common.IsQuiet)
        {
            PredictionTable.Write(host, report.Predictions, showsAll: parsed.GetValue(_top) is not null);
            if (parsed.GetValue(_minProbability) is { } least)
            {
                int unsure = report.Predictions.Count(p => p.Unsure == true);
                await host.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{PredictionReport.UnsureLabel}': {unsure} of {report.Predictions.Count} images, whose most probable label is less "
                    + $"probable than {least}")).ConfigureAwait(false);
            }

            if (labeled is not null)
            {
                // Not among the rows on the standard output, which are for other programs too.
                string which = parsed.GetValue(_minProbability) is null ? "" : ", the unsure ones by their most probable label";
                await host.Error.WriteLineAsync($"Accuracy on the labeled images{which}: {labeled.Accuracy}").ConfigureAwait(false);
            }
        }

        NextCommand.Write(
            host, common.IsQuiet, CommandText.Of(["transfer", "evaluate", parsed.GetRequiredValue(_model), "DATA"]));
        return ExitCodes.Done;
    }

    private static ImageDataset? Open(string[] paths, OpenedData data, Problems problems)
    {
        string[] expanded = [.. paths.SelectMany(p => problems.Collect(() => PathPattern.Expand(p)) ?? [])];
        ImageDataset[] opened = [.. expanded.Select(p => data.OpenImages(p, problems)).OfType<ImageDataset>()];
        return opened.Length == expanded.Length && opened.Length > 0 ? ImageDataset.FromImages(opened.SelectMany(o => o.Images)) : null;
    }

    private static PredictReport Describe(
        IReadOnlyList<ImagePrediction> results, int top, double? minProbability, LabeledPredictions? labeled)
    {
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(results);
        return new PredictReport
        {
            Predictions =
            [
                .. results.Where(r => r.Prediction is not null).Select(r => Describe(r.Path, r.Prediction!, top, minProbability)),
            ],
            LabeledImages = labeled?.Accuracy.Images ?? 0,
            Accuracy = labeled?.Accuracy.Accuracy,
            AccuracyInterval = labeled?.Accuracy.Interval,
            TrainingImages = labeled?.Overlap?.Found,
            TrainingImagesChecked = labeled?.Overlap?.Compared,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }

    private static PredictionReport Describe(string path, Prediction prediction, int count, double? minProbability)
    {
        IReadOnlyList<ScoredLabel> top = prediction.Top(count);
        var labels = new LabelReport[top.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = new LabelReport(top[i].Label, top[i].Probability);
        }

        bool? isUnknown = prediction.UnknownScore is null ? null : prediction.IsUnknown;
        bool? isUnsure = minProbability is { } least ? prediction.Probability < least : null;
        string label = isUnsure == true ? PredictionReport.UnsureLabel : prediction.Label;
        return new PredictionReport(path, label, prediction.Probability, isUnknown, prediction.UnknownScore, labels)
        {
            Unsure = isUnsure,
        };
    }
}
