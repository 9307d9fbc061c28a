using TransferLearning.Fuzz.Runs;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Commands;

/// <summary>Runs files, and prints what became of each. The exit code is 1 where there are faults.</summary>
internal static class RunCommand
{
    public static int Run(string targetName, string[] files)
    {
        FuzzTarget target = FuzzTargets.Create(targetName);
        using var disposable = target as IDisposable;
        var run = new InputRun(target);
        bool hasFaults = false;
        foreach (string file in files)
        {
            InputResult result = run.Run(File.ReadAllBytes(file));
            hasFaults |= result.Fault is not null;
            string text = result.Fault is { } fault ? $"FAULT {fault}{Environment.NewLine}{result.Details}"
                : result.Refusal is { } refusal ? $"{refusal}: {result.Details}"
                : "read";
            Console.WriteLine($"{file}: {text}");
        }

        return hasFaults ? 1 : 0;
    }
}
