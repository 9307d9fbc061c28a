using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Options;

/// <summary><c>--require-accuracy</c>: the exit code says whether the accuracy is high enough.</summary>
internal sealed class GateOption
{
    private readonly Option<double?> _option = ValueOption.Fraction(
        "--require-accuracy", $"End with exit code {ExitCodes.GateMissed} where the accuracy is below this.");

    public void AddTo(Command command) => command.Add(_option);

    /// <param name="parsed">The command line.</param>
    /// <param name="accuracy">The accuracy; null where nothing was evaluated, which meets no demand.</param>
    /// <param name="error">Where the reason is written.</param>
    public int Check(ParseResult parsed, AccuracyFigure? accuracy, TextWriter error)
    {
        if (parsed.GetValue(_option) is not { } required || accuracy?.Accuracy >= required)
        {
            return ExitCodes.Done;
        }

        error.WriteLine(accuracy is { } known
            ? $"transfer: the accuracy is {known}, but --require-accuracy demands {required}"
            : $"transfer: no image was evaluated, for no label of the data matches a class, but --require-accuracy demands {required}");
        return ExitCodes.GateMissed;
    }
}
