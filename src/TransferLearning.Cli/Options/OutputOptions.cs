using System.CommandLine;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Options;

/// <summary>The options that say what a verb prints and where its figures go.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print nothing but warnings and errors." };

    private readonly Option<string?> _json = ValueOption.Text(
        "--json", "Write the figures to a JSON file; - for the standard output.", "FILE");

    /// <summary>All options.</summary>
    public IReadOnlyList<Option> All => [_quiet, _json];

    public void AddTo(Command command)
    {
        command.Add(_quiet);
        command.Add(_json);
    }

    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <summary>The JSON file to write; null for none. What is wrong with its path is noted.</summary>
    public OutputFile? Json(ParseResult parsed, Problems problems) => problems.CollectOutput(parsed, _json);
}
