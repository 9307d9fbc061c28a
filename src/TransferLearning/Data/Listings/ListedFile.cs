using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>A file of a folder or archive, with its path inside (separated by '/'). Immutable.</summary>
internal sealed record ListedFile(string RelativePath, ImageSource Source)
{
    public string Name => RelativePath[(RelativePath.LastIndexOf('/') + 1)..];
}
