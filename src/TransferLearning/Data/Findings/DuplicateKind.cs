namespace TransferLearning.Data;

/// <summary>How alike the images of a <see cref="DuplicateImages"/> are.</summary>
public enum DuplicateKind
{
    /// <summary>The same file content, byte by byte, under several names.</summary>
    Exact,

    /// <summary>The same picture by its look: saved again, resized, brightened a little, or taken again from the same place.</summary>
    Near,
}
