using TransferLearning.Imaging;
using TransferLearning.Inference;

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

    /// <summary>
    /// What runs the network. Another engine than the default may run models that it cannot. A model file does not store it. Default:
    /// <see cref="EmbeddedEngine"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public INetworkEngine Engine
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    = EmbeddedEngine.Instance;

    /// <summary>
    /// The largest files and images that <see cref="TransferModel.Predict(string, CancellationToken)"/> and its overloads decode; others
    /// are refused. Default: null, which is <see cref="ImageLimits.Untrusted"/> for streams, which often come from others, and <see
    /// cref="ImageLimits.Default"/> for files and bytes in memory.
    /// </summary>
    public ImageLimits? Limits { get; init; }
}
