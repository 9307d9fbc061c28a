using System.CommandLine;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options;

/// <summary><c>--require-accuracy</c>: the exit code says whether the accuracy is high enough.</summary>
internal sealed class GateOption
{
    private readonly Option<double?> _option = ValueOption.Fraction(
        "--require-accuracy", $"End with exit code {ExitCodes.GateMissed} where the accuracy is below this.");

    public void AddTo(Command command) => command.Add(_option);

    public int Check(ParseResult parsed, double accuracy, TextWriter error)
    {
        if (parsed.GetValue(_option) is not { } required || accuracy >= required)
        {
            return ExitCodes.Done;
        }

        error.WriteLine($"transfer: the accuracy is {accuracy:0.0000}, but --require-accuracy demands {required}");
        return ExitCodes.GateMissed;
    }
}
