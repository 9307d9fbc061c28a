using System.Globalization;
using TransferLearning.Fuzz.Runs;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Commands;

/// <summary>Runs mutants of the targets' seeds. The exit code is 1 where there are faults.</summary>
internal static class MutateCommand
{
    private const int DefaultSeconds = 60;

    public static int Run(string[] args)
    {
        List<string> names = [];
        int seed = 1;
        int? seconds = null;
        long? count = null;
        string folder = Path.Combine(Path.GetTempPath(), "transferlearning-faults");
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--seed":
                    seed = Number(args, ref i);
                    break;
                case "--seconds":
                    seconds = Number(args, ref i);
                    break;
                case "--count":
                    count = Number(args, ref i);
                    break;
                case "--faults":
                    folder = Value(args, ref i);
                    break;
                case ['-', ..]:
                    throw new ArgumentException($"there is no option '{args[i]}'");
                default:
                    names.Add(args[i]);
                    break;
            }
        }

        names = names.Count > 0 ? names : [.. FuzzTargets.Names];
        TimeSpan? time = count is null ? TimeSpan.FromSeconds((double)(seconds ?? DefaultSeconds) / names.Count) : null;
        Console.WriteLine(MutationReport.Header);
        bool hasFaults = false;
        foreach (string name in names)
        {
            FuzzTarget target = FuzzTargets.Create(name);
            using var disposable = target as IDisposable;
            MutationReport report = new MutationRun(target, seed, folder).Run(count / names.Count, time);
            Console.WriteLine(report);
            hasFaults |= report.Faults.Count > 0;
        }

        if (hasFaults)
        {
            Console.WriteLine($"the inputs are in {folder}: run TARGET FILE runs one again");
        }

        return hasFaults ? 1 : 0;
    }

    private static int Number(string[] args, ref int i)
    {
        string option = args[i], value = Value(args, ref i);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"{option} {value}: expected a number");
    }

    private static string Value(string[] args, ref int i) => ++i < args.Length
        ? args[i]
        : throw new ArgumentException($"{args[i - 1]}: expected a value");
}
