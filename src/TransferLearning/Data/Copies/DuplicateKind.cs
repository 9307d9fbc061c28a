namespace TransferLearning.Data;

/// <summary>How similar the images of a <see cref="DuplicateImages"/> are.</summary>
public enum DuplicateKind
{
    /// <summary>The same bytes under several names.</summary>
    Exact,

    /// <summary>
    /// The same picture in different bytes: saved again, resized, brightened, mirrored, turned, or cut by about a tenth; or a second shot
    /// of the scene; or named as a copy.
    /// </summary>
    Near,
}
