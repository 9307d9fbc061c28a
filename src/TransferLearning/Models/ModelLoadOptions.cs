using TransferLearning.Imaging;

namespace TransferLearning.Models;

/// <summary>How a model is loaded. Immutable.</summary>
/// <remarks>Thread-safe. Every setting has a default.</remarks>
public sealed record ModelLoadOptions
{
    /// <summary>
    /// The formats of the image files, streams and bytes that the model predicts. A model file does not store them. Default:
    /// <see cref="ImageFormats.BuiltIn"/>.
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
