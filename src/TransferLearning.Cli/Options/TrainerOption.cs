using System.CommandLine;
using TransferLearning.Cli.Options.Trainers;
using TransferLearning.Heads;

namespace TransferLearning.Cli.Options;

/// <summary><c>--trainer</c>: what trains the head.</summary>
internal sealed class TrainerOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--trainer",
        "What trains the head: softmax, or mlnet (ML.NET's trainer, where this command was built with it). Default: softmax.",
        "softmax|mlnet");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Whether the trainer works with a network of its own only.</summary>
    public bool ChoosesBackbone(ParseResult parsed) => parsed.GetValue(_option) == "mlnet";

    /// <summary>Null for the softmax trainer, which is a pipeline's own default.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="backbone">The network file that was given; null for none.</param>
    /// <param name="problems">Problems are added here.</param>
    public IRetrainer? Read(ParseResult parsed, string? backbone, Problems problems)
    {
        switch (parsed.GetValue(_option))
        {
            case null or "softmax":
                return null;
            case "mlnet":
                return problems.Collect(() => MLNetTrainer.Create(_option.Name, backbone));
            case { } other:
                problems.Add($"{_option.Name} expects softmax or mlnet, not '{other}'");
                return null;
        }
    }
}
