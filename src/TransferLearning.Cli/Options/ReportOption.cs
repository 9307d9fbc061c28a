using System.CommandLine;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Options;

/// <summary><c>--report</c>: what came out, for people, as one HTML file.</summary>
internal sealed class ReportOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--report", "Write what came out, with charts and images, as one HTML file.", "report.html");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The file, checked; null where none is asked for.</summary>
    public OutputFile? Read(ParseResult parsed, Problems problems) => problems.CollectOutput(parsed, _option);
}
