using TransferLearning.Fuzz.Commands;

namespace TransferLearning.Fuzz;

/// <summary>The entry point: docs/fuzzing.md describes the commands.</summary>
internal static class Program
{
    private const string Usage =
        """
        mutate [TARGET...] [--seed N] [--seconds S | --count N] [--faults DIR]   runs mutants of the seeds, divided evenly over the targets
        run TARGET FILE...                                                     runs files, and prints what became of each
        seeds DIR                                                              writes the seeds of all targets
        afl TARGET                                                             runs the inputs of afl-fuzz
        libfuzzer TARGET                                                       runs the inputs of libfuzzer-dotnet
        """;

    public static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["mutate", .. var rest] => MutateCommand.Run(rest),
                ["run", var target, .. var files] => RunCommand.Run(target, files),
                ["seeds", var folder] => SeedsCommand.Run(folder),
                ["afl", var target] => FuzzerCommand.RunAfl(target),
                ["libfuzzer", var target] => FuzzerCommand.RunLibFuzzer(target),
                _ => throw new ArgumentException("expected one of the commands"),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"{e.Message}{Environment.NewLine}{Usage}");
            return 2;
        }
    }
}
