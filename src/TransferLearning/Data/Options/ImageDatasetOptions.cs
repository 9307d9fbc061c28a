using TransferLearning.Imaging;

namespace TransferLearning.Data;

/// <summary>How a data set is opened. Immutable.</summary>
/// <remarks>Thread-safe. Every setting has a default.</remarks>
public sealed record ImageDatasetOptions
{
    /// <summary>
    /// The image formats: which files of a folder or archive are images, and how all images of the data set are decoded. Default:
    /// <see cref="ImageFormats.BuiltIn"/>. A pipeline that trains on the data set must be given the same formats
    /// (<see cref="TransferPipeline{TResult}.WithImageFormats"/>).
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ImageFormats Formats
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = ImageFormats.BuiltIn;

    /// <summary>
    /// The largest files and images that are read; others are left out, with the reason. Default: <see cref="ImageLimits.Default"/>,
    /// 268,435,456 pixels and 1 GiB.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ImageLimits Limits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = ImageLimits.Default;

    /// <summary>
    /// The largest archives that are read, and the largest of their entries. Default: 5,000,000 entries of 1 GiB, 256 GiB together, and 50
    /// unpacked bytes per compressed one.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ArchiveLimits ArchiveLimits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = ArchiveLimits.Default;

    /// <summary>How folders and archives are read. Default: <see cref="DatasetLayoutChoice.Automatic"/>.</summary>
    public DatasetLayoutChoice Layout { get; init; }

    /// <summary>
    /// The folders or manifests of the training part, relative to the data set. Where one of <see cref="Train"/>,
    /// <see cref="Validation"/> and <see cref="Test"/> is given, these are the only parts. Default: empty.
    /// </summary>
    public IReadOnlyList<string> Train { get; init; } = [];

    /// <summary>The folders or manifests of the validation part, as <see cref="Train"/>. Default: empty.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>The folders or manifests of the test part, as <see cref="Train"/>. Default: empty.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>The manifest's column of image files; null to recognize it by its name and content. Default: null.</summary>
    public string? PathColumn { get; init; }

    /// <summary>The manifest's column of labels; null to recognize it by its name and content. Default: null.</summary>
    public string? LabelColumn { get; init; }
}
