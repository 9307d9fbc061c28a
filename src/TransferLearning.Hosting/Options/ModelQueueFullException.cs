namespace TransferLearning.Hosting;

/// <summary>
/// So many images wait for a model already that a further one is refused. A service answers with status 503; the client may try again.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class ModelQueueFullException : TransferLearningException
{
    internal ModelQueueFullException(string model, int maxQueued)
        : base(
            $"the model '{model}' is busy: {maxQueued} images wait for it, which is the limit {nameof(TransferModelOptions)}."
            + $"{nameof(TransferModelOptions.MaxQueued)}; try again later, or give the service more processors") =>
        ModelName = model;

    /// <summary>The name of the model.</summary>
    public string ModelName { get; }
}
