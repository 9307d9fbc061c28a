using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Commands;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Evaluate;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Cli.Verbs.Runs;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>evaluate</c>: computes the metrics of a model on labeled data.</summary>
internal sealed class EvaluateVerb(CommandHost host)
{
    public const string Name = "evaluate";

    private readonly Argument<string> _model = new("MODEL") { Description = "A model file, as fine-tune and other verbs save it." };

    private readonly Argument<string> _data = new("DATA")
    {
        Description = $"{DataDescription.Labeled} Of data with its own split, only the validation part is used.",
    };

    private readonly ReportOption _report = new();
    private readonly GateOption _gate = new();
    private readonly CommonOptions _common = new(isRecorded: true);

    public Command CreateCommand()
    {
        var command = new Command(Name, "Evaluates a model on labeled images.") { _model, _data };
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
        OutputFile? reportFile = _report.Read(parsed, problems);
        ImageDataset? data = common.Data.OpenLabeled(parsed.GetRequiredValue(_data), problems);
        using TransferModel? model = problems.Collect(
            () => TransferModel.Load(parsed.GetRequiredValue(_model), common.ModelOptions));
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        ModelEvaluation evaluation = await PredictionStage.EvaluateAsync(
            host, common, model!, data!.OwnSplit?.Validation ?? data.WithoutUnlabeledParts(), cancellationToken).ConfigureAwait(false);
        var verdict = Verdict.Of(
            evaluation, GivenCommand.Of(parsed, parsed.GetRequiredValue(_data), parsed.GetRequiredValue(_model)));
        await ReportWriting.WriteAsync(host, common, reportFile, Report.Of(evaluation, verdict), cancellationToken).ConfigureAwait(false);
        var report = EvaluateReport.Of(evaluation, verdict);
        var notes = Notes.Of(evaluation.Warnings, report.Images);
        var accuracy = AccuracyFigure.Of(evaluation.Metrics);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.EvaluateReport);
        if (!common.IsQuiet)
        {
            new FigureTable()
                .Add("Images", report.Images)
                .Add("Accuracy", accuracy)
                .Add("Top-5 accuracy", AccuracyFigure.Of(report.Top5, report.Images))
                .Add("Macro F1", report.MacroF1)
                .Add("Log loss", report.LogLoss)
                .Add("Calibration error", report.Ece)
                .WriteTo(host);
            VerdictSummary.Write(host, verdict);
        }

        string path = parsed.GetRequiredValue(_model);
        recording.Write(common, model!, path, accuracy);
        NextCommand.Write(host, common.IsQuiet, CommandText.Of(reportFile is null
            ? ["transfer", "evaluate", path, parsed.GetRequiredValue(_data), "--report", "report.html"]
            : ["transfer", "predict", path, "PHOTO"]));
        return _gate.Check(parsed, accuracy, host.Error);
    }
}
