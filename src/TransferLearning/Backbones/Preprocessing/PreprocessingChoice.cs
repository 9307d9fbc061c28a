using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>Collects what the sources say about a network's input: for each setting, the first source that mentions it counts.</summary>
internal sealed class PreprocessingChoice
{
    private const int DefaultInputSize = 224;

    private StatedPreprocessing _normalization =
        new(PreprocessingSource.Assumed, "nothing says how its input is normalized, so -1..1 is assumed")
        {
            Normalization = PixelNormalization.Inception,
        };

    private ChannelOrder? _channelOrder;
    private ResizeMode? _resize;
    private float? _cropFraction;
    private Interpolation? _interpolation;
    private (int Width, int Height)? _size;

    /// <summary>Whether some source mentions means and scales, and some source the channel order.</summary>
    public bool IsNormalizationKnown => !IsAssumed && _channelOrder is not null;

    /// <summary>What decided the normalization.</summary>
    public PreprocessingSource Source => _normalization.Source;

    /// <summary>The same in words, for messages.</summary>
    public string Reason => _normalization.Reason;

    private bool IsAssumed => _normalization.Source == PreprocessingSource.Assumed;

    /// <summary>Adds the source that is next in precedence.</summary>
    public void Add(StatedPreprocessing? stated)
    {
        if (stated is null)
        {
            return;
        }

        _normalization = IsAssumed && stated.Normalization is not null ? stated : _normalization;
        _channelOrder ??= stated.ChannelOrder;
        _interpolation ??= stated.Interpolation;
        _size ??= stated.Size;

        // A mode and its fraction belong together: where a mode is known already, this fraction belongs to another one.
        _cropFraction ??= _resize is null ? stated.CropFraction : 1;
        _resize ??= stated.Resize;
    }

    /// <summary>The settings, with the defaults for those that no source mentions.</summary>
    /// <param name="declaredWidth">The width that the network declares; not positive where it leaves it open.</param>
    /// <param name="declaredHeight">The same for the height.</param>
    /// <param name="givenSize">Width and height that the caller gave.</param>
    public ImagePreprocessing ToPreprocessing(int declaredWidth, int declaredHeight, int? givenSize) => new()
    {
        Width = givenSize ?? (declaredWidth > 0 ? declaredWidth : _size?.Width ?? DefaultInputSize),
        Height = givenSize ?? (declaredHeight > 0 ? declaredHeight : _size?.Height ?? DefaultInputSize),
        Resize = _resize ?? ResizeMode.Stretch,
        CropFraction = _cropFraction ?? 1,
        Interpolation = _interpolation ?? Interpolation.Bilinear,
        Normalization = _normalization.Normalization! with { ChannelOrder = _channelOrder ?? ChannelOrder.Rgb },
    };
}
