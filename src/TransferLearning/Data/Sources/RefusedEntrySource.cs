using TransferLearning.Imaging;

namespace TransferLearning.Data.Sources;

/// <summary>An entry of an archive that is not read: one image that cannot be used, and the reason. Immutable.</summary>
/// <param name="reason">Why, to follow the entry's name.</param>
internal sealed class RefusedEntrySource(string reason) : ImageSource
{
    public override long Length() => 0;

    public override byte[] Read() => throw new InvalidImageException(reason);

    public override byte[] ReadStart(int length) => throw new InvalidImageException(reason);

    public override FileStamp? Stamp() => null;
}
