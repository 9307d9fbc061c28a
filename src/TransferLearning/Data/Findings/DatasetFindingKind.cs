namespace TransferLearning.Data;

/// <summary>Why a file or folder of a data set was left out.</summary>
public enum DatasetFindingKind
{
    /// <summary>A file that is no image, such as a text file.</summary>
    NotAnImage,

    /// <summary>An image in a format that the data set was not opened with, such as WebP.</summary>
    OtherFormat,

    /// <summary>An image outside the folders or manifests that say what is on it.</summary>
    OutsideLayout,

    /// <summary>An image in a folder that repeats the class folders beside it.</summary>
    Repeated,

    /// <summary>An image that a manifest names, but that is not there.</summary>
    Missing,

    /// <summary>A row of a manifest that does not say one class.</summary>
    NotOneClass,

    /// <summary>A link to a folder that contains it.</summary>
    CircularLink,

    /// <summary>A file or folder of the operating system or of a tool, such as <c>Thumbs.db</c> and <c>@eaDir</c>.</summary>
    SystemFile,

    /// <summary>An entry of an archive whose name leads out of the archive, or has a NUL character.</summary>
    UnsafeName,
}
