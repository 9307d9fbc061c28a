using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.History;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Runs;

namespace TransferLearning.Cli.Verbs.Runs;

/// <summary><c>runs</c>: lists earlier trainings and evaluations.</summary>
internal sealed class RunsVerb(CommandHost host)
{
    public const string Name = "runs";

    private const int DefaultLast = 20;

    private readonly Option<string?> _data = ValueOption.Text(
        "--data", "List only the runs on this data set, as its path was given. Default: all.", "DATA");

    private readonly Option<int?> _last = ValueOption.WholeNumber(
        "--last", $"Number of runs to list, the newest ones. Default: {DefaultLast}.", minimum: 1);

    private readonly CacheOptions _cache = new();
    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name, "Lists earlier trainings and evaluations: data, backbone, accuracy, time, model file and command line.")
        {
            _data, _last,
        };
        _cache.AddDirectoryTo(command);
        _output.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        BottleneckCache cache = _cache.Read(parsed, problems);
        problems.ThrowIfAny();

        var history = new RunHistory(cache.Directory);
        (IReadOnlyList<RunRecord> all, int unreadable) = history.Read();
        if (unreadable > 0)
        {
            host.Error.WriteLine($"warning: {unreadable} {(unreadable == 1 ? "line" : "lines")} of '{history.FilePath}' cannot be read");
        }

        string? data = parsed.GetValue(_data) is { } path ? OpenedData.FullPath(path) : null;
        RunRecord[] runs =
        [
            .. all.Where(r => data is null || r.Data.Contains(data)).TakeLast(parsed.GetValue(_last) ?? DefaultLast),
        ];
        ReportJson.Write(json, new RunsReport(history.FilePath, runs, unreadable), static c => c.RunsReport);
        if (!_output.IsQuiet(parsed))
        {
            RunsSummary.Write(host, history.FilePath, runs);
        }

        if (runs.LastOrDefault(r => r.Model is not null)?.Model is { } model)
        {
            NextCommand.Write(host, _output.IsQuiet(parsed), CommandText.Of(["transfer", "info", model]));
        }

        return ExitCodes.Done;
    }
}
