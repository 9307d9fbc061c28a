using System.CommandLine;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Options;

/// <summary><c>--report</c>: a report of the result for people, as one HTML file.</summary>
internal sealed class ReportOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--report", "Write a report of the result, with charts and images, as one HTML file.", "report.html");

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [_option];

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The file, checked; null where the option is absent.</summary>
    public OutputFile? Read(ParseResult parsed, Problems problems) => problems.CollectOutput(parsed, _option);
}
