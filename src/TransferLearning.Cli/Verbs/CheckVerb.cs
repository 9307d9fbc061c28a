using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Check;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Data;
using TransferLearning.Reports;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>check</c>: finds the problems of a data set.</summary>
internal sealed class CheckVerb(CommandHost host)
{
    public const string Name = "check";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };
    private readonly ReportOption _report = new();
    private readonly CommonOptions _common = new(runsNetwork: false);

    public Command CreateCommand()
    {
        var command = new Command(Name, "Finds bad files, copies, leaks between training and validation, and uneven classes.") { _data };
        _report.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? reportFile = _report.Read(parsed, problems);
        ImageDataset? data = common.Data.Open(parsed.GetRequiredValue(_data), problems);
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        DatasetCheck check = await ProgressDisplay.RunAsync(host, common.IsQuiet, display => Task.Run(
            () => data!.Check(common.Threads, display is null ? null : new CheckStage(display, data.Count), cancellationToken),
            cancellationToken)).ConfigureAwait(false);
        await ReportWriting.WriteAsync(host, common, reportFile, Report.Of(data!, check), cancellationToken).ConfigureAwait(false);
        var report = CheckReport.Of(check);
        ReportJson.Write(common, report, null, static c => c.CheckReport);
        if (!common.IsQuiet)
        {
            CheckSummary.Write(host, report);
        }

        NextCommand.Write(
            host, common.IsQuiet, CommandText.Of(["transfer", "fine-tune", parsed.GetRequiredValue(_data), "-o", "model.onnx"]));
        return ExitCodes.Done;
    }
}
