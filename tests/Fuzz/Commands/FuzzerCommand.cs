using SharpFuzz;
using TransferLearning.Fuzz.Runs;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Commands;

/// <summary>
/// Runs the inputs of another fuzzer, in assemblies that SharpFuzz instrumented (see the script <c>afl</c>). A fault is an exception, which
/// the fuzzer calls a crash.
/// </summary>
internal static class FuzzerCommand
{
    public static int RunAfl(string targetName)
    {
        Lazy<InputRun> run = Prepare(targetName);
        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            ThrowOnFault(run.Value, input.ToArray());
        });
        return 0;
    }

    public static int RunLibFuzzer(string targetName)
    {
        Lazy<InputRun> run = Prepare(targetName);
        Fuzzer.LibFuzzer.Run(input => ThrowOnFault(run.Value, input.ToArray()));
        return 0;
    }

    // Made with the first input: before, the instrumented assemblies have nowhere to write to.
    private static Lazy<InputRun> Prepare(string targetName)
    {
        if (!FuzzTargets.Names.Contains(targetName))
        {
            throw FuzzTargets.Unknown(targetName);
        }

        return new Lazy<InputRun>(() => new InputRun(FuzzTargets.Create(targetName)));
    }

    private static void ThrowOnFault(InputRun run, byte[] input)
    {
        InputResult result = run.Run(input);
        if (result.Fault is { } fault)
        {
            throw new InvalidOperationException($"{fault}{Environment.NewLine}{result.Details}");
        }
    }
}
