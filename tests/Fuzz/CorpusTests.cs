using TransferLearning.Fuzz.Mutation;
using TransferLearning.Fuzz.Runs;
using TransferLearning.Fuzz.Targets;

namespace TransferLearning.Fuzz;

/// <summary>
/// Replays the inputs that failed once, and runs a few thousand mutants. The tests of one class run one after the other: an input's cost
/// is that of the process.
/// </summary>
public sealed class CorpusTests
{
    private const int Seed = 1;
    private const int Mutants = 300;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Inputs_that_failed_once_are_read_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.Create(name);
        using var disposable = target as IDisposable;
        var run = new InputRun(target);

        string folder = Path.Combine(AppContext.BaseDirectory, "Corpus", name);
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            InputResult result = run.Run(File.ReadAllBytes(path));
            result.Fault.ShouldBeNull($"{Path.GetFileName(path)}: {result.Details}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Seeds_are_read(string name)
    {
        FuzzTarget target = FuzzTargets.Create(name);
        using var disposable = target as IDisposable;
        var run = new InputRun(target);

        foreach ((int index, byte[] seed) in target.Seeds().Index())
        {
            run.Run(seed).ShouldBe(new InputResult(null, null, null), $"seed {index}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutants_are_read_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.Create(name);
        using var disposable = target as IDisposable;
        var run = new InputRun(target);
        var mutator = new Mutator([.. target.Seeds()], target.Structure, Seed);

        for (int number = 0; number < Mutants; number++)
        {
            InputResult result = run.Run(mutator.Make(number));
            result.Fault.ShouldBeNull($"mutant {number} of the seed {Seed}: {result.Details}");
        }
    }

    [Fact]
    public void A_mutant_depends_on_the_seed_and_its_number_only()
    {
        FuzzTarget target = FuzzTargets.Create("png");
        byte[][] seeds = [.. target.Seeds()];

        byte[] Make(int seed, long number) => new Mutator(seeds, target.Structure, seed).Make(number);

        Make(1, 5).ShouldBe(Make(1, 5));
        Make(1, 5).ShouldNotBe(Make(2, 5));
        Make(1, 5).ShouldNotBe(Make(1, 6));
    }
}
