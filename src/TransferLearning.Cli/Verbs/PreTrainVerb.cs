using System.CommandLine;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.HeadTraining;
using TransferLearning.Cli.Options.NetworkTraining;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.PreTrain;
using TransferLearning.Cli.Verbs.Runs;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary>
/// <c>pre-train</c>: trains a head or a whole network on a large data set, or labels data with a network that is already trained.
/// </summary>
internal sealed class PreTrainVerb(CommandHost host)
{
    public const string Name = "pre-train";

    private readonly Argument<string?> _data = new("DATA")
    {
        Description = $"The large data set to train a head on; not with --label. {DataDescription.Labeled}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _label = ValueOption.Text(
        "--label", "Label this data with the network or model of --backbone, without training, and write a CSV file.", "DATA");

    private readonly Option<string?> _labels = ValueOption.Text(
        "--labels",
        "The classes of the outputs of --backbone: one per line, or a .tsv file whose last column is the class. Default: those in a saved "
        + "model; ImageNet's for a network with 1000 or 1001 outputs.",
        "FILE");

    private readonly Option<string?> _labelMap = ValueOption.Text(
        "--label-map", "A CSV or TSV file with the names of one class in each row, for names that do not match by themselves.", "FILE");

    private readonly Option<int?> _top = ValueOption.WholeNumber(
        "--top", "Number of labels per image in the CSV file. Default: 1.", minimum: 1);

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--epochs",
        "Maximum number of epochs; training stops early when it no longer helps. Default: the trainer's own; 30 with --arch.",
        minimum: 1);

    private readonly BackboneOption _backbone = new();
    private readonly ArchitectureOptions _architecture = new();
    private readonly HeadOptions _head = new();
    private readonly ModelTraining _training = new(host, "The model file to write; with --label, the CSV file to write.", "FILE");

    public Command CreateCommand()
    {
        var command = new Command(
            Name, "Trains a head or a whole network on a large data set, or labels data with a pre-trained network.")
        {
            _data, _training.Output, _label, _labels, _labelMap, _top, _epochs,
        };
        _architecture.AddTo(command);
        _backbone.AddTo(command);
        _head.AddTo(command);
        _training.Validation.AddTo(command);
        _training.AddTo(command);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(_label) is { } label
            ? LabelAsync(parsed, label, cancellationToken)
            : TrainAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<int> TrainAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool isNetwork = _architecture.IsGiven(parsed);
        var checkpoint = new CheckpointFile(parsed.GetRequiredValue(_training.Output));
        try
        {
            return await _training.RunAsync<PreTrainingResult>(
                parsed,
                (common, problems) => CreatePipeline(parsed, common, checkpoint, problems),
                isNetwork ? null : _backbone.FasterChoice(parsed),
                result => Describe(
                    result, isNetwork ? checkpoint : null, Verdict.Of(result, _training.Given(parsed, parsed.GetRequiredValue(_data)!))),
                cancellationToken,
                _architecture.Architecture).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (isNetwork && checkpoint.Advice(parsed) is not null)
        {
            await host.Error.WriteLineAsync($"transfer: {checkpoint.Advice(parsed)}").ConfigureAwait(false);
            throw;
        }
    }

    private static TrainingOutcome Describe(PreTrainingResult result, CheckpointFile? checkpoint, Verdict verdict)
    {
        var report = PreTrainReport.Of(result, result.Metrics!, verdict);
        var notes = Notes.Of(result.Warnings, report.ValidationImages);
        return new TrainingOutcome
        {
            Model = result.Model,
            ValidationImages = result.HeadTraining!.Validation.Images,
            Accuracy = AccuracyFigure.Of(result.Metrics!),
            Canceled = result.Canceled,
            Checkpoint = checkpoint,
            Endings =
            [
                result.Training is { } training
                    ? TrainingEnd.Of("Training", training.History, training.BestEpoch, training.Canceled)
                    : null,
            ],
            SkippedImages = report.SkippedImages,
            Notes = notes,
            Verdict = verdict,
            Report = Report.Of(result, verdict),
            WriteJson = (common, weights) =>
                ReportJson.Write(common, report with { Weights = weights }, notes, static c => c.PreTrainReport),
            WriteSummary = (host, modelPath, weights) => PreTrainSummary.Write(host, report with { Weights = weights }, modelPath),
        };
    }

    private TransferPipeline<PreTrainingResult>? CreatePipeline(
        ParseResult parsed, CommonSettings common, CheckpointFile checkpoint, Problems problems)
    {
        foreach (Option<string?> option in new[] { _labels, _labelMap }.Where(o => parsed.GetValue(o) is not null))
        {
            problems.Add($"{option.Name} has no use without {_label.Name} DATA: leave it out, or give both");
        }

        if (parsed.GetValue(_data) is not { } path)
        {
            problems.Add($"give DATA to train a head on, or {_label.Name} DATA to label with a pre-trained network");
            return null;
        }

        ImageDataset? data = common.Data.OpenLabeled(path, problems);
        if (_architecture.IsGiven(parsed))
        {
            return CreateNetworkPipeline(parsed, common, data, checkpoint, problems);
        }

        _architecture.Refuse(parsed, problems, $"without {_architecture.Architecture.Name}");
        Backbone? backbone = _backbone.Read(parsed, problems);
        IRetrainer? trainer = _head.Read(parsed, problems);
        Func<TransferPipeline<PreTrainingResult>, TransferPipeline<PreTrainingResult>> withValidation =
            _training.Validation.Read<PreTrainingResult>(parsed, common.Data, problems);
        if (data is null || backbone is null)
        {
            return null;
        }

        var options = new PreTrainingOptions { Epochs = parsed.GetValue(_epochs) };
        TransferPipeline<PreTrainingResult> pipeline = withValidation(TransferPipeline.PreTrain(data, options)).WithBackbone(backbone);
        return _training.Apply(parsed, common, trainer is null ? pipeline : pipeline.WithRetrainer(trainer));
    }

    private TransferPipeline<PreTrainingResult>? CreateNetworkPipeline(
        ParseResult parsed, CommonSettings common, ImageDataset? data, CheckpointFile checkpoint, Problems problems)
    {
        _backbone.Refuse(
            parsed,
            problems,
            $"with {_architecture.Architecture.Name}, which trains a network from random weights; to learn from that network, give it as "
            + "--teacher");
        _head.RefuseTrainer(parsed, problems, $"with {_architecture.Architecture.Name}, which trains the whole network");
        PreTrainingOptions? options = _architecture.Read(
            parsed, parsed.GetValue(_epochs), checkpoint, _head.ClassWeights(parsed, problems), problems);
        Func<TransferPipeline<PreTrainingResult>, TransferPipeline<PreTrainingResult>> withValidation =
            _training.Validation.Read<PreTrainingResult>(parsed, common.Data, problems);
        return data is null || options is null
            ? null
            : _training.Apply(parsed, common, withValidation(TransferPipeline.PreTrain(data, options)));
    }

    private async Task<int> LabelAsync(ParseResult parsed, string dataPath, CancellationToken cancellationToken)
    {
        var recording = new RunRecording(host, parsed);
        var problems = new Problems();
        CommonSettings common = _training.Common.Read(parsed, problems);
        OutputFile? output = problems.CollectOutput(parsed.GetRequiredValue(_training.Output), _training.Output.Name);
        OutputFile? reportFile = _training.Report.Read(parsed, problems);
        if (_architecture.IsGiven(parsed))
        {
            problems.AddUseless(_architecture.Architecture.Name, $"with {_label.Name}, which trains nothing");
        }

        _architecture.Refuse(parsed, problems, $"with {_label.Name}, which trains nothing");
        _head.Refuse(parsed, problems, $"with {_label.Name}, which trains nothing");
        _training.Augment.Refuse(parsed, problems, $"with {_label.Name}, which trains nothing");
        _training.Weights.Refuse(parsed, problems, $"with {_label.Name}, which saves no model");
        _training.TrainingHashes.Refuse(parsed, problems, $"with {_label.Name}, which saves no model");
        _training.Date.Refuse(parsed, problems, $"with {_label.Name}, which saves no model");
        if (parsed.GetValue(_data) is { } training)
        {
            problems.Add(
                $"'{training}' and {_label.Name} contradict each other: "
                + "train a head first, then label with the saved model as --backbone");
        }

        ImageDataset? data = common.Data.Open(dataPath, problems);
        LabelMap? map = parsed.GetValue(_labelMap) is { } mapPath ? problems.Collect(() => LabelMap.FromFile(mapPath)) : null;
        using TransferModel? model = OpenModel(parsed, problems, data, common, cancellationToken);
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

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
        await ReportWriting.WriteAsync(host, common, reportFile, Report.Of(labels), cancellationToken).ConfigureAwait(false);
        var report = LabelDataReport.Of(labels);
        AccuracyFigure? agreement = report.Agreement is { } share
            ? new AccuracyFigure(share, report.AgreementInterval!, report.Judged)
            : null;
        var notes = new Notes(
            [
                .. WhatTheFileLeftOpen(parsed, model!),
                .. Unmatched(report),
                .. new[] { labels.TrainingOverlap?.Warning }.OfType<string>(),
            ],
            []);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.LabelDataReport);
        if (!common.IsQuiet)
        {
            FigureTable table = new FigureTable().Add("Images", report.Images);
            if (agreement is not null)
            {
                table
                    .Add("Images compared", report.Judged)
                    .Add("Agreement", agreement)
                    .Add("Top-5 agreement", AccuracyFigure.Of(report.TopAgreement!.Value, report.Judged));
            }

            table.Add("Labels", output.Path).WriteTo(host);
        }

        recording.Write(common, model!, modelPath: null, agreement);
        return _training.Gate.Check(parsed, agreement, host.Error);
    }

    /// <summary>Opens the network or model; where that fails, notes the problem and returns null.</summary>
    private TransferModel? OpenModel(
        ParseResult parsed, Problems problems, ImageDataset? data, CommonSettings common, CancellationToken cancellationToken)
    {
        if (_backbone.Given(parsed) is not { } given)
        {
            problems.Add($"{_label.Name} needs --backbone FILE: a network with a classifier of its own, or a saved model");
            return null;
        }

        if (problems.Collect(() => BackboneOption.PathOf(given)) is not { } path)
        {
            return null;
        }

        string? labels = parsed.GetValue(_labels);
        if (labels is null && !TransferModel.IsNetwork(path))
        {
            _backbone.FileOptions.Refuse(parsed, problems, $"with the saved model '{path}', which has its preprocessing");
            return problems.Collect(() => TransferModel.Load(path, common.ModelOptions));
        }

        BackboneOptions options = _backbone.FileOptions.Read(parsed, problems) with { EndsInClassifier = true };
        return problems.Collect(() =>
        {
            var classifier = Backbone.FromFile(path, options);
            classifier = data is null
                ? classifier
                : NormalizationDecision.Of(classifier, data, common.Cache, common.Extraction(host.Time), cancellationToken).Backbone;
            return TransferModel.FromClassifier(classifier, path, labels, common.ModelOptions);
        });
    }

    private IEnumerable<string> WhatTheFileLeftOpen(ParseResult parsed, TransferModel model) =>
        new[] { TransferModel.LabelsFact, TransferModel.NormalizationFact }
            .Where(model.Origin.Facts.ContainsKey)
            .Select(fact => $"'{_backbone.Given(parsed)}', {fact}: {model.Origin.Facts[fact]}");

    private static IEnumerable<string> Unmatched(LabelDataReport report) => report.Unmatched is { Count: > 0 } classes
        ? [$"no class of the network matches {string.Join(", ", classes)}: name them in a --label-map file to compare their images too"]
        : [];
}
