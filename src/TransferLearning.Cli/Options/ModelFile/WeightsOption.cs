using System.CommandLine;
using TransferLearning.Models;

namespace TransferLearning.Cli.Options.ModelFile;

/// <summary><c>--weights</c>: how the model file stores its weights.</summary>
internal sealed class WeightsOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--weights",
        "How the model file stores its weights: float32, float16, bfloat16 or int8. The accuracy that a smaller file loses is measured and "
        + "printed. Default: float32.",
        "float32|float16|bfloat16|int8");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Notes a problem where the option is given although no model is saved.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (parsed.GetValue(_option) is not null)
        {
            problems.AddUseless(_option.Name, reason);
        }
    }

    public WeightPrecision Read(ParseResult parsed, Problems problems)
    {
        switch (parsed.GetValue(_option))
        {
            case null or "float32":
                return WeightPrecision.Float32;
            case "float16":
                return WeightPrecision.Float16;
            case "bfloat16":
                return WeightPrecision.Bfloat16;
            case "int8":
                return WeightPrecision.Int8;
            case { } other:
                problems.Add($"{_option.Name} expects float32, float16, bfloat16 or int8, not '{other}'");
                return default;
        }
    }
}
