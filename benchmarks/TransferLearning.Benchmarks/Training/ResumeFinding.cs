namespace TransferLearning.Benchmarks.Training;

/// <summary>A training that was killed and resumed until it ended. Immutable.</summary>
/// <param name="Kills">The moments at which it was killed.</param>
/// <param name="IsSame">Whether the model is, byte for byte, that of the training that was not killed.</param>
/// <param name="Failures">What ended with another exit code than 0, and its message; empty where nothing did.</param>
/// <param name="Leftovers">The files beside the model in the end: checkpoints and temporary files.</param>
internal sealed record ResumeFinding(IReadOnlyList<string> Kills, bool IsSame, IReadOnlyList<string> Failures, int Leftovers)
{
    public bool HasFault => !IsSame || Failures.Count > 0 || Leftovers > 0;
}
