namespace TransferLearning.Data.Listings;

/// <summary>What a listed file is, as far as a data set needs to know.</summary>
internal enum FileKind
{
    /// <summary>Neither an image nor a manifest.</summary>
    Other,

    /// <summary>An image in one of the data set's formats.</summary>
    Image,

    /// <summary>An image in a format that the data set was not opened with.</summary>
    OtherImage,

    /// <summary>A table with one row per image, by its name.</summary>
    Manifest,

    /// <summary>A text file that may list images, one per line.</summary>
    List,
}
