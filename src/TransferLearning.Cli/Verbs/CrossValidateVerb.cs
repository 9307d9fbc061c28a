using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Commands;
using TransferLearning.Cli.Options.HeadTraining;
using TransferLearning.Cli.Options.ModelFile;
using TransferLearning.Cli.Options.NetworkTraining;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.CrossValidate;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Cli.Verbs.Runs;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;
using TransferLearning.Tuning;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>cross-validate</c>: estimates how accurate a classifier trained on these images is.</summary>
internal sealed class CrossValidateVerb(CommandHost host)
{
    public const string Name = "cross-validate";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };

    private readonly Option<int?> _folds = ValueOption.WholeNumber(
        "--folds", "Number of parts that the images are divided into. Default: 5.", minimum: 2, maximum: 1000);

    private readonly Option<int?> _repeats = ValueOption.WholeNumber(
        "--repeats", "Number of times that the images are divided, each time differently. Default: 1.", minimum: 1, maximum: 1000);

    private readonly Option<string?> _groups = ValueOption.Text(
        "--groups", "The manifest's column of groups: a group stays in one fold. Default: the column group, if there is one.", "COLUMN");

    private readonly Option<bool> _leaveOneGroupOut = new("--leave-one-group-out")
    {
        Description = "Make one fold per group, instead of --folds.",
    };

    private readonly Option<string?> _output = ValueOption.Text(
        "--output", "Save a model trained on all images.", "model.onnx", "-o");

    private readonly Option<string?> _outOfFold = ValueOption.Text(
        "--out-of-fold", "Write each image's probabilities by heads that were not trained on it.", "FILE.csv");

    private readonly Option<string?> _labelErrors = ValueOption.Text(
        "--label-errors", "Write the images whose labels are probably wrong.", "FILE.csv");

    private readonly TrainingHashesOption _trainingHashes = new();
    private readonly DateOption _date = new();
    private readonly HeadOptions _head = new();
    private readonly UnfreezeOptions _unfreeze = new(resumable: false);
    private readonly BackboneOption _backbone = new();
    private readonly AugmentOption _augment = new();
    private readonly ReportOption _report = new();
    private readonly GateOption _gate = new();
    private readonly CommonOptions _common = new(divides: true, isRecorded: true);

    public Command CreateCommand()
    {
        var command = new Command(Name, "Estimates how accurate a classifier trained on labeled images is, and finds wrong labels.")
        {
            _data, _folds, _repeats, _groups, _leaveOneGroupOut, _output, _outOfFold, _labelErrors,
        };
        _backbone.AddTo(command);
        _head.AddTo(command);
        _unfreeze.AddTo(command);
        _augment.AddTo(command);
        _trainingHashes.AddTo(command);
        _date.AddTo(command);
        _report.AddTo(command);
        _gate.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var recording = new RunRecording(host, parsed);
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? output = problems.CollectOutput(parsed, _output);
        OutputFile? outOfFold = problems.CollectOutput(parsed, _outOfFold);
        OutputFile? labelErrors = problems.CollectOutput(parsed, _labelErrors);
        OutputFile? reportFile = _report.Read(parsed, problems);
        TransferPipeline<CrossValidationResult>? pipeline = CreatePipeline(parsed, common, problems);
        Func<TransferPipeline<CrossValidationResult>, TransferPipeline<CrossValidationResult>> withAugmentation =
            _augment.Read<CrossValidationResult>(parsed, problems);
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        string? faster = _backbone.FasterChoice(parsed);
        CrossValidationResult result = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => withAugmentation(pipeline!).FitAsync(TransferStages.On(display, faster), cancellationToken)).ConfigureAwait(false);
        if (!common.IsQuiet && TrainingEnd.Of(
            "Training on all images", result.Training.History, result.Training.BestEpoch, result.Training.Canceled) is { } ending)
        {
            await host.Error.WriteLineAsync(ending).ConfigureAwait(false);
        }

        var verdict = Verdict.Of(result, GivenCommand.Of(parsed, parsed.GetRequiredValue(_data), output: parsed.GetValue(_output)));
        using (result.Model)
        {
            var options = new ModelSaveOptions { KeepsDate = _date.KeepsDate(parsed) };
            output?.Write(stream => result.Model.Save(stream, options));
            await ReportWriting.WriteAsync(host, common, reportFile, Report.Of(result, verdict), cancellationToken).ConfigureAwait(false);
        }

        outOfFold?.WriteLines(CrossValidationCsv.OutOfFold(result.OutOfFold));
        labelErrors?.WriteLines(CrossValidationCsv.LabelErrors(result.OutOfFold));
        var report = CrossValidateReport.Of(result, verdict);
        var notes = new Notes(result.Warnings, []);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.CrossValidateReport);
        if (!common.IsQuiet)
        {
            CrossValidateSummary.Write(host, report);
            VerdictSummary.Write(host, verdict);
        }

        var accuracy = new AccuracyFigure(report.Accuracy, report.AccuracyInterval, report.Images);
        recording.Write(common, result.Model, output?.Path, accuracy);
        NextCommand.Write(host, common.IsQuiet, CommandText.Of(output is null
            ? ["transfer", "fine-tune", parsed.GetRequiredValue(_data), "-o", "model.onnx"]
            : ["transfer", "predict", output.Path, "PHOTO"]));
        return _gate.Check(parsed, accuracy, host.Error);
    }

    private TransferPipeline<CrossValidationResult>? CreatePipeline(ParseResult parsed, CommonSettings common, Problems problems)
    {
        ImageDataset? data = common.Data.OpenLabeled(parsed.GetRequiredValue(_data), problems);
        Backbone? backbone = _backbone.Read(parsed, problems);
        bool byGroup = parsed.GetValue(_leaveOneGroupOut);
        if (byGroup && (parsed.GetValue(_folds) ?? parsed.GetValue(_repeats)) is not null)
        {
            problems.Add("--leave-one-group-out makes a fold of each group, once: leave out --folds and --repeats");
        }

        (int stages, NetworkTrainingOptions stageTraining) = _unfreeze.Read(
            parsed, checkpoint: null, problems, _head.ClassWeights(parsed, problems));
        IRetrainer? trainer = _head.Read(parsed, problems);
        if (data is null || backbone is null)
        {
            return null;
        }

        var defaults = new CrossValidationOptions();
        CrossValidationOptions options = defaults with
        {
            Scheme = byGroup ? CrossValidationScheme.LeaveOneGroupOut : CrossValidationScheme.Stratified,
            Folds = parsed.GetValue(_folds) ?? defaults.Folds,
            Repeats = parsed.GetValue(_repeats) ?? defaults.Repeats,
            GroupColumn = parsed.GetValue(_groups),
            UnfrozenStages = stages,
            StageTraining = stageTraining,
        };
        TransferPipeline<CrossValidationResult> pipeline = TransferPipeline.CrossValidate(data, options).WithBackbone(backbone);
        pipeline = trainer is null ? pipeline : pipeline.WithRetrainer(trainer);
        return common.Apply(_trainingHashes.Apply(parsed, pipeline), host.Time);
    }
}
