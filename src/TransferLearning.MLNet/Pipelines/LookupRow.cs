namespace TransferLearning.MLNet.Pipelines;

/// <summary>A row of a lookup table.</summary>
internal sealed class LookupRow<T>
{
    public uint Key { get; set; }

    public T Value { get; set; } = default!;
}
