using System.CommandLine;
using TransferLearning.Heads;

namespace TransferLearning.Cli.Options;

/// <summary><c>--engine</c>: what trains the head.</summary>
internal sealed class EngineOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--engine",
        "What trains the head: embedded, or mlnet (ML.NET's trainer, where this command was built with it). Default: embedded.",
        "embedded-or-mlnet");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Null for the embedded engine.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="backbone">The network file that was given; null for none.</param>
    /// <param name="problems">What is wrong is added here.</param>
    public IRetrainer? Read(ParseResult parsed, string? backbone, Problems problems)
    {
        switch (parsed.GetValue(_option))
        {
            case null or "embedded":
                return null;
            case "mlnet":
                return problems.Collect(() => MLNetEngine.Create(_option.Name, backbone));
            case { } other:
                problems.Add($"{_option.Name} expects embedded or mlnet, not '{other}'");
                return null;
        }
    }
}
