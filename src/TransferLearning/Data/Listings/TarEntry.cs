namespace TransferLearning.Data.Listings;

/// <summary>An entry of a .tar archive. Immutable.</summary>
/// <param name="Name">The name as it is stored.</param>
/// <param name="Type">The type flag: <c>'0'</c> for a file, <c>'1'</c> for a hard link.</param>
/// <param name="LinkName">What a link points to.</param>
/// <param name="Offset">The position of the content, in bytes.</param>
/// <param name="Length">The length of the content, in bytes.</param>
internal readonly record struct TarEntry(string Name, char Type, string LinkName, long Offset, long Length);
