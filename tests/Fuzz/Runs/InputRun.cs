using System.Diagnostics;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Runs;

/// <summary>
/// Runs a target on inputs, one after the other, and finds faults: an exception that is not documented, and exceeded limits.
/// </summary>
internal sealed class InputRun(FuzzTarget target)
{
    private readonly InputMeter _meter = new();

    public InputResult Run(byte[] input)
    {
        InputResult result = RunOnce(input);

        // The compiler of methods runs beside the first inputs, and the garbage of one is collected during another.
        return result is { Fault: not null, Details: null } ? RunOnce(input) : result;
    }

    private InputResult RunOnce(byte[] input)
    {
        string? refusal = null, message = null;
        _meter.Start();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            if (target.FaultIn(e) is { } fault)
            {
                return new InputResult(null, $"{fault.GetType().Name} in {Place(fault)}", e.ToString());
            }

            (refusal, message) = (e.GetType().Name, e.Message);
        }

        return _meter.Stop() is { } limit ? new InputResult(refusal, limit, null) : new InputResult(refusal, null, message);
    }

    /// <summary>The innermost method of the library that an exception passed.</summary>
    private static string Place(Exception exception) => new StackTrace(exception).GetFrames()
        .Select(f => f.GetMethod())
        .Where(m => m?.DeclaringType?.FullName is { } type && type.StartsWith("TransferLearning.", StringComparison.Ordinal))
        .Select(m => $"{m!.DeclaringType!.FullName}.{m.Name}")
        .FirstOrDefault("an unknown place");
}
