namespace TransferLearning.Data;

/// <summary>How similar the images of a <see cref="DuplicateImages"/> are.</summary>
public enum DuplicateKind
{
    /// <summary>The same bytes under several names.</summary>
    Exact,

    /// <summary>The same picture in different bytes: saved again, resized, slightly brightened, or a second shot of the scene.</summary>
    Near,
}
