namespace TransferLearning.Data.Sources;

/// <summary>An image that the caller holds in memory. Immutable.</summary>
internal sealed class MemoryImageSource(ReadOnlyMemory<byte> content) : ImageSource
{
    public override long Length() => content.Length;

    public override byte[] Read() => content.ToArray();

    public override byte[] ReadStart(int length) => content[..Math.Min(length, content.Length)].ToArray();

    public override FileStamp? Stamp() => null;
}
