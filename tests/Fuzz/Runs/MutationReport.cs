namespace TransferLearning.Fuzz.Runs;

/// <summary>What a run of mutants found. Immutable.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Executions">The number of mutants.</param>
/// <param name="Elapsed">How long they took.</param>
/// <param name="RefusedSeeds">The number of seeds that were refused, though they should be valid.</param>
/// <param name="Refusals">The number of refused inputs by the type of the documented exception.</param>
/// <param name="Faults">The number of inputs by fault.</param>
internal sealed record MutationReport(
    string Target,
    long Executions,
    TimeSpan Elapsed,
    long RefusedSeeds,
    IReadOnlyDictionary<string, long> Refusals,
    IReadOnlyDictionary<string, int> Faults)
{
    public const string Header = "target       mutants      per s  faults  refused";

    public override string ToString()
    {
        string refusals = string.Join(", ", Refusals.Select(r => $"{r.Value} {r.Key}"));
        string faults = string.Concat(Faults.Select(f => $"{Environment.NewLine}  FAULT {f.Value} x {f.Key}"));
        refusals += RefusedSeeds > 0 ? $"; {RefusedSeeds} seeds" : "";
        return $"{Target,-11} {Executions,8} {Executions / Elapsed.TotalSeconds,10:0} {Faults.Values.Sum(),7}  {refusals}{faults}";
    }
}
