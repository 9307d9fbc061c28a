using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>pre-train</c>: a head over a large data set; or labels for other data by a network that is trained already.</summary>
internal sealed class PreTrainVerb(CommandHost host)
{
    private readonly Argument<string?> _data = new("DATA")
    {
        Description = $"The large data set to train a head on; not with --label. {DataDescription.Labelled}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model file to write, or with --label the CSV file.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _label = ValueOption.Text(
        "--label", "Label this data with the network of --backbone, as it is, and write a CSV file.", "DATA");

    private readonly Option<string?> _labels = ValueOption.Text(
        "--labels", "What the outputs of --backbone stand for: a line an output, or a .tsv file whose last column is the class.", "FILE");

    private readonly Option<string?> _labelMap = ValueOption.Text(
        "--label-map", "A CSV or TSV file whose rows are names of one class, for names that do not match by themselves.", "FILE");

    private readonly Option<int?> _top = ValueOption.WholeNumber(
        "--top", "How many labels an image the CSV file holds. Default: 1.", minimum: 1);

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--epochs", "The largest number of epochs; training ends before where it no longer helps. Default: the trainer's own.", minimum: 1);

    private readonly BackboneOption _backbone = new();
    private readonly ValidationOption _validation = new();
    private readonly GateOption _gate = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command("pre-train", "Trains a head on a large data set, or labels data with a network as it is.")
        {
            _data, _output, _label, _labels, _labelMap, _top, _epochs,
        };
        _backbone.AddTo(command);
        _validation.AddTo(command);
        _gate.AddTo(command);
        _common.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(_label) is { } label ? LabelAsync(parsed, label, cancellationToken) : TrainAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<int> TrainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? output = problems.Collect(() => OutputFile.At(parsed.GetRequiredValue(_output), _output.Name));
        TransferPipeline<PreTrainingResult>? pipeline = CreatePipeline(parsed, common, problems);
        problems.ThrowIfAny();

        PreTrainingResult result = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => pipeline!.FitAsync(TransferStages.On(display), cancellationToken)).ConfigureAwait(false);
        PreTrainReport report = PreTrainReport.Of(result, result.Metrics!);
        using (result.Model)
        {
            output!.Write(result.Model.Save);
        }

        Warnings.Write(host.Error, report.SkippedImages, result.Warnings);
        ReportJson.Write(common.Json, report, ReportJson.Default.PreTrainReport);
        if (!common.IsQuiet)
        {
            new FigureTable()
                .Add("Training images", report.TrainImages)
                .Add("Validation images", report.ValidationImages)
                .Add("Classes", report.Classes)
                .Add("Accuracy", report.Accuracy)
                .Add("Seconds extracting", report.SecondsExtracting)
                .Add("Seconds training", report.SecondsTraining)
                .Add("Model", output.Path)
                .WriteTo(host);
        }

        if (report.Cancelled)
        {
            await host.Error.WriteLineAsync($"transfer: cancelled; the best model so far is in '{output.Path}'").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }

        return _gate.Check(parsed, report.Accuracy, host.Error);
    }

    private TransferPipeline<PreTrainingResult>? CreatePipeline(ParseResult parsed, CommonSettings common, Problems problems)
    {
        foreach (Option<string?> option in new[] { _labels, _labelMap }.Where(o => parsed.GetValue(o) is not null))
        {
            problems.Add($"{option.Name} has no use without {_label.Name} DATA");
        }

        if (parsed.GetValue(_data) is not { } path)
        {
            problems.Add($"give DATA to train a head on, or {_label.Name} DATA to label with a network as it is");
            return null;
        }

        ImageDataset? data = problems.Collect(() => ImageDataset.Open(path));
        Backbone? backbone = _backbone.Read(parsed, problems);
        Func<TransferPipeline<PreTrainingResult>, TransferPipeline<PreTrainingResult>> withValidation =
            _validation.Read<PreTrainingResult>(parsed, problems);
        if (data is null || backbone is null)
        {
            return null;
        }

        TransferPipeline<PreTrainingResult> pipeline =
            withValidation(TransferPipeline.PreTrain(data, new PreTrainingOptions { Epochs = parsed.GetValue(_epochs) }))
                .WithBackbone(backbone)
                .WithSeed(common.Seed)
                .WithThreads(common.Threads)
                .WithTimeProvider(host.Time);
        return common.OpenCache() is { } cache ? pipeline.WithBottleneckCache(cache) : pipeline.WithoutBottleneckCache();
    }

    private async Task<int> LabelAsync(ParseResult parsed, string dataPath, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? output = problems.Collect(() => OutputFile.At(parsed.GetRequiredValue(_output), _output.Name));
        if (parsed.GetValue(_data) is { } training)
        {
            problems.Add(
                $"'{training}' and {_label.Name} contradict each other: "
                + "train a head first, then label with the saved model as --backbone");
        }

        ImageDataset? data = problems.Collect(() => ImageDataset.Open(dataPath));
        LabelMap? map = parsed.GetValue(_labelMap) is { } mapPath ? problems.Collect(() => LabelMap.FromFile(mapPath)) : null;
        using TransferModel? model = problems.Collect(() => OpenModel(parsed));
        problems.ThrowIfAny();

        DatasetLabels labels = await ProgressDisplay.RunAsync(host, common.IsQuiet, display => model!.LabelAsync(
            data!,
            new LabelingOptions { Map = map },
            display is null ? null : new PredictionStage(display, data!.Count),
            cancellationToken)).ConfigureAwait(false);
        output!.Write(stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            labels.WriteCsv(writer, parsed.GetValue(_top) ?? 1);
        });
        LabelDataReport report = LabelDataReport.Of(labels);
        Warnings.Write(host.Error, report.SkippedImages, Unmatched(report));
        ReportJson.Write(common.Json, report, ReportJson.Default.LabelDataReport);
        if (!common.IsQuiet)
        {
            FigureTable table = new FigureTable().Add("Images", report.Images);
            if (report.Agreement is { } agreement)
            {
                table.Add("Images judged", report.Judged).Add("Agreement", agreement).Add("Top-5 agreement", report.TopAgreement!.Value);
            }

            table.Add("Labels", output.Path).WriteTo(host);
        }

        return report.Agreement is { } judged ? _gate.Check(parsed, judged, host.Error) : ExitCodes.Done;
    }

    private TransferModel OpenModel(ParseResult parsed)
    {
        string path = _backbone.Given(parsed)
            ?? throw new CommandException($"{_label.Name} needs --backbone FILE: a network with a classifier of its own, or a saved model");
        return parsed.GetValue(_labels) is { } labels ? TransferModel.FromNetwork(path, labels) : TransferModel.Load(path);
    }

    private static IEnumerable<string> Unmatched(LabelDataReport report) => report.Unmatched is { Count: > 0 } classes
        ? [$"no class of the network means {string.Join(", ", classes)}: name them in a --label-map file, or leave them unjudged"]
        : [];
}
