using System.Globalization;

namespace TransferLearning.Imaging.Transforms;

/// <summary>
/// How an image becomes the input of a network: it is resized (antialiased), then each channel becomes (value - mean) / scale.
/// Immutable; two are equal if all settings are equal.
/// </summary>
/// <remarks>Thread-safe. Only settings: there is nothing to dispose of.</remarks>
public sealed record ImagePreprocessing
{
    /// <summary>The input's width in pixels, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 65535.</exception>
    public required int Width
    {
        get;
        init => field = CheckSize(value);
    }

    /// <summary>The input's height in pixels, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 65535.</exception>
    public required int Height
    {
        get;
        init => field = CheckSize(value);
    }

    /// <summary>How an image with another aspect ratio is resized. Default: <see cref="ResizeMode.Stretch"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a <see cref="ResizeMode"/>.</exception>
    public ResizeMode Resize
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"a resize mode is one of {string.Join(", ", Enum.GetNames<ResizeMode>())}");
    }

    = ResizeMode.Stretch;

    /// <summary>
    /// The central part of each side that is used, above 0 and at most 1, of the rectangle that <see cref="Resize"/> chooses; with
    /// <see cref="ResizeMode.Pad"/>, of the image and its padding. 0.875 with <see cref="ResizeMode.CenterCrop"/> is the usual "resize the
    /// shorter side to 256, crop 224". Default: 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and at most 1.</exception>
    public float CropFraction
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a crop fraction is above 0 and at most 1");
    }

    = 1;

    /// <summary>How pixels are computed from others. Default: <see cref="Interpolation.Bilinear"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not an <see cref="Transforms.Interpolation"/>.</exception>
    public Interpolation Interpolation
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"an interpolation is one of {string.Join(", ", Enum.GetNames<Interpolation>())}");
    }

    = Interpolation.Bilinear;

    /// <summary>How pixel values become network inputs. Default: -1..1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A scale is 0, or a number is not finite.</exception>
    public PixelNormalization Normalization
    {
        get;
        init => field = Check(value);
    }

    = PixelNormalization.Inception;

    /// <summary>All settings as one line of text, for cache keys: equal settings give equal text, in every culture and version.</summary>
    public string Fingerprint
    {
        get
        {
            PixelNormalization n = Normalization;
            string interpolation = Interpolation switch
            {
                Interpolation.Bilinear => "bilinear",
                Interpolation.Bicubic => "bicubic",
                var other => throw new NotSupportedException($"the interpolation {other} has no fingerprint"),
            };
            string channels = n.ChannelOrder switch
            {
                ChannelOrder.Rgb => "rgb",
                ChannelOrder.Bgr => "bgr",
                var other => throw new NotSupportedException($"the channel order {other} has no fingerprint"),
            };
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{interpolation} {Width}x{Height} {Resize} {CropFraction:R} {channels} mean {n.MeanR:R},{n.MeanG:R},{n.MeanB:R} "
                + $"scale {n.ScaleR:R},{n.ScaleG:R},{n.ScaleB:R}");
        }
    }

    /// <summary>The least length of the shorter side of an image that is reduced before: with twice the resolution, it looks the
    /// same.</summary>
    internal int MinSourceSide => (int)Math.Min(Math.Ceiling(2 * Math.Max(Width, Height) / CropFraction), int.MaxValue);

    private static int CheckSize(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue);
        return value;
    }

    private static PixelNormalization Check(PixelNormalization value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.ScaleR == 0 || value.ScaleG == 0 || value.ScaleB == 0
            || !float.IsFinite(value.MeanR + value.MeanG + value.MeanB + value.ScaleR + value.ScaleG + value.ScaleB))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "the scales must not be 0, and all numbers must be finite");
        }

        return value;
    }
}
