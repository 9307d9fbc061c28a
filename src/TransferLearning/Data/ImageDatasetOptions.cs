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
}
