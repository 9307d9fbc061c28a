using System.Diagnostics;
using TransferLearning.Fuzz.Mutation;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz.Runs;

/// <summary>Runs a target on mutants of its seeds, and writes the inputs of faults to a folder.</summary>
/// <param name="target">The target.</param>
/// <param name="seed">The seed of the mutants.</param>
/// <param name="folder">The folder of faults; it is created.</param>
internal sealed class MutationRun(FuzzTarget target, int seed, string folder)
{
    // More inputs with the same fault tell nothing new.
    private const int MaxFilesPerFault = 3;

    private readonly InputRun _run = new(target);
    private readonly SortedDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);

    /// <summary>Runs all seeds, then mutants.</summary>
    /// <param name="count">The number of mutants; null for any number.</param>
    /// <param name="time">How long mutants are run; null for any time.</param>
    public MutationReport Run(long? count, TimeSpan? time)
    {
        Directory.CreateDirectory(folder);
        byte[][] seeds = [.. target.Seeds()];
        using var current = new CurrentInput(Path.Combine(folder, $"{target.Name}.current"));
        for (int i = 0; i < seeds.Length; i++)
        {
            Run(seeds[i], $"{target.Name}-seed{i}", current);
        }

        long startRefusals = _refusals.Values.Sum();
        var mutator = new Mutator(seeds, target.Structure, seed);
        long started = Stopwatch.GetTimestamp();
        long done = 0L;
        for (; (count is null || done < count) && (time is null || Stopwatch.GetElapsedTime(started) < time); done++)
        {
            Run(mutator.Make(done), $"{target.Name}-{seed}-{done}", current);
        }

        return new MutationReport(target.Name, done, Stopwatch.GetElapsedTime(started), startRefusals, _refusals, _faults);
    }

    private void Run(byte[] input, string name, CurrentInput current)
    {
        current.Set(input);
        InputResult result = _run.Run(input);
        if (result.Refusal is { } refusal)
        {
            _refusals[refusal] = _refusals.GetValueOrDefault(refusal) + 1;
        }

        if (result.Fault is not { } fault)
        {
            return;
        }

        _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
        if (_faults[fault] <= MaxFilesPerFault)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".bin"), input);
            File.WriteAllText(Path.Combine(folder, name + ".txt"), $"{fault}\n{result.Details}\n");
        }
    }
}
