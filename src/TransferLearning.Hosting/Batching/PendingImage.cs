namespace TransferLearning.Hosting.Batching;

/// <summary>A decoded image that waits for its batch.</summary>
/// <param name="input">[Height, Width, 3].</param>
internal sealed class PendingImage(float[] input)
{
    // Continuations do not run on the thread that computes batches.
    private readonly TaskCompletionSource<ReadOnlyMemory<float>> _output = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public float[] Input { get; } = input;

    /// <summary>The network's output.</summary>
    public Task<ReadOnlyMemory<float>> Output => _output.Task;

    /// <summary>Whether nobody waits for the output any more.</summary>
    public bool IsCanceled => _output.Task.IsCanceled;

    public void Complete(ReadOnlyMemory<float> output) => _output.TrySetResult(output);

    public void Fail(Exception e) => _output.TrySetException(e);

    public void Cancel(CancellationToken cancellationToken) => _output.TrySetCanceled(cancellationToken);
}
