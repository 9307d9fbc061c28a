namespace TransferLearning.Data.Images;

/// <summary>A part of a <see cref="MemoryBudget"/>, which is given back once, when it is disposed of.</summary>
internal sealed class MemoryReservation(MemoryBudget budget, long bytes) : IDisposable
{
    private MemoryBudget? _budget = budget;

    public void Dispose() => Interlocked.Exchange(ref _budget, null)?.Release(bytes);
}
