namespace TransferLearning.Data;

/// <summary>How the folders and manifests of a data set are read.</summary>
public enum DatasetLayoutChoice
{
    /// <summary>By looking; where two readings are possible, opening the data set fails with both.</summary>
    Automatic,

    /// <summary>The outermost folders are the classes, or those in the folders of a division; manifests are ignored.</summary>
    Folders,

    /// <summary>A manifest has the labels; the names of folders are none.</summary>
    Manifest,

    /// <summary>All images, without labels, wherever they are.</summary>
    Images,
}
