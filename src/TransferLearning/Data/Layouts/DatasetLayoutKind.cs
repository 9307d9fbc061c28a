namespace TransferLearning.Data;

/// <summary>How the folders and files of a data set say what is on the images.</summary>
public enum DatasetLayoutKind
{
    /// <summary>Images without labels.</summary>
    Images,

    /// <summary>One folder per class.</summary>
    ClassFolders,

    /// <summary>Folders such as <c>train</c> and <c>val</c>, each with one folder per class.</summary>
    DividedFolders,

    /// <summary>One folder per class, each with folders such as <c>train</c> and <c>val</c>.</summary>
    DividedClasses,

    /// <summary>A manifest names the images and their labels.</summary>
    Manifest,

    /// <summary>Several manifests, one for each part.</summary>
    DividedManifests,
}
