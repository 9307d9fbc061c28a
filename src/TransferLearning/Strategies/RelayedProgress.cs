namespace TransferLearning.Strategies;

/// <summary>Passes each report on at once, on the thread that makes it. <see cref="Progress{T}"/> guarantees no order.</summary>
internal sealed class RelayedProgress<T>(Action<T> relay) : IProgress<T>
{
    public void Report(T value) => relay(value);
}
