using System.CommandLine;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Options;

/// <summary><c>--combine</c>: how the segments' heads become one model.</summary>
internal sealed class CombineOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--combine",
        "How the segments' heads become one model: best, average (of the weights) or ensemble. Default: average.",
        "best|average|ensemble");

    public void AddTo(Command command) => command.Add(_option);

    public HeadCombination Read(ParseResult parsed, Problems problems)
    {
        switch (parsed.GetValue(_option))
        {
            case null or "average":
                return HeadCombination.Average;
            case "best":
                return HeadCombination.Best;
            case "ensemble":
                return HeadCombination.Ensemble;
            case { } other:
                problems.Add($"{_option.Name} expects best, average or ensemble, not '{other}'");
                return default;
        }
    }
}
