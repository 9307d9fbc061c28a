namespace TransferLearning.Strategies;

/// <summary>Passes reports on at once, on the thread that makes them, unlike <see cref="Progress{T}"/>, whose order nobody vouches
/// for.</summary>
internal sealed class RelayedProgress<T>(Action<T> relay) : IProgress<T>
{
    public void Report(T value) => relay(value);
}
