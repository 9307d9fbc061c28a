using System.Globalization;
using TransferLearning.Imaging.Augmentation;

namespace TransferLearning.Imaging;

/// <summary>
/// How training images are varied, so that a head or network learns what does not change their class: each view of an image shows another
/// part of it, mirrored or not, in other light.
/// </summary>
/// <remarks>
/// Immutable; thread-safe. A view depends on the pixels of the image, on these settings and on the view's number, and on nothing else.
/// The steps are done in this order: crop, mirroring, rotation, brightness, contrast, saturation, hue, blur, erased rectangle. Two sets of
/// settings are equal if all their values are.
/// </remarks>
/// <example><code>
/// ImageAugmentation scans = ImageAugmentation.None with { MaxRotation = 5, Brightness = 0.2, Contrast = 0.2 };
/// RgbImage image = ImageFormats.BuiltIn.Decode(File.ReadAllBytes("scan.jpg"));
/// RgbImage[] views = [.. Enumerable.Range(1, 4).Select(view => scans.Apply(image, (ulong)view))];
/// </code></example>
public sealed record ImageAugmentation
{
    // The version of the algorithm: a change of what a view shows needs another, as views are cached by it.
    private const string Version = "1";

    /// <summary>Changes nothing: the default of every setting, to start from.</summary>
    public static ImageAugmentation None { get; } = new();

    /// <summary>
    /// For photos: crops of half of the area or more, up to 1.2 times wider or narrower; every second view is mirrored; rotation by up to
    /// 10 degrees; brightness, contrast and saturation change by up to 20 %; a rectangle is erased in every tenth view.
    /// </summary>
    public static ImageAugmentation Photos { get; } = new()
    {
        MinCropArea = 0.5,
        MaxAspectChange = 1.2,
        FlipProbability = 0.5,
        MaxRotation = 10,
        Brightness = 0.2,
        Contrast = 0.2,
        Saturation = 0.2,
        EraseProbability = 0.1,
    };

    /// <summary>
    /// Mirrors every second view left to right, and changes nothing else. For all images but those whose class depends on left and right,
    /// as that of writing does.
    /// </summary>
    public static ImageAugmentation Flip { get; } = new() { FlipProbability = 0.5 };

    /// <summary>
    /// The smallest part of the area that a crop shows, above 0 and at most 1; each crop's part is chosen between it and 1 (random resized
    /// crop, Szegedy et al., 2015). Default: 1, the whole image.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MinCropArea { get; init => field = Checked(value, double.Epsilon, 1); } = 1;

    /// <summary>The largest factor between the aspect ratios of a crop and of the image, either way, 1 to 4. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxAspectChange { get; init => field = Checked(value, 1, 4); } = 1;

    /// <summary>The probability that a view is mirrored left to right, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FlipProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>
    /// The largest angle of a rotation around the center, to either side, 0 to 180 degrees; beyond its edges, the image is mirrored.
    /// Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxRotation { get; init => field = Checked(value, 0, 180); }

    /// <summary>The largest relative change of brightness, 0 to 1: 0.2 is a factor of 0.8 to 1.2. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Brightness { get; init => field = Checked(value, 0, 1); }

    /// <summary>The largest relative change of contrast around the mean brightness, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Contrast { get; init => field = Checked(value, 0, 1); }

    /// <summary>The largest relative change of saturation, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Saturation { get; init => field = Checked(value, 0, 1); }

    /// <summary>
    /// The largest change of hue to either side, in turns of the circle of hues, 0 to 0.5: 0.1 turns red into colors between pink and
    /// orange. Brightness is kept. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Hue { get; init => field = Checked(value, 0, 0.5); }

    /// <summary>
    /// The probability that a view is blurred, by about a Gaussian with a standard deviation of 0.7 pixels, 0 to 1. Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double BlurProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>
    /// The probability that a rectangle of 2 to 20 % of the area is replaced by the view's mean color, 0 to 1 (random erasing, Zhong et
    /// al., 2020). Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double EraseProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>Whether views may differ from the image: false only for settings equal to <see cref="None"/>.</summary>
    public bool ChangesImages => this != None;

    /// <summary>The version of the algorithm and every setting, as text: equal only where all views are.</summary>
    internal string Fingerprint => $"augmentation {Version}; {string.Join("; ", Settings())}";

    /// <summary>For people: the name of a ready policy, else the settings that differ from <see cref="None"/>.</summary>
    internal string Description =>
        this == None ? "none"
        : this == Photos ? "photos"
        : this == Flip ? "flip"
        : string.Join(", ", Settings().Except(None.Settings(), StringComparer.Ordinal));

    /// <summary>Makes a view of an image.</summary>
    /// <param name="image">The image; it is not changed.</param>
    /// <param name="view">
    /// Decides all random choices, so that the same number makes the same view. Mix something of the image into it, or all images are
    /// cropped, mirrored and turned alike.
    /// </param>
    /// <returns>The view, of the size of its crop; the image itself where nothing is to be changed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    public RgbImage Apply(RgbImage image, ulong view)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new ViewRandom(view);

        // All choices are made, in a fixed order, whether they are used or not: one setting does not change the choices of another.
        var crop = CropChoice.Of(image.Width, image.Height, MinCropArea, MaxAspectChange, ref random);
        bool flips = random.Happens(FlipProbability);
        double angle = random.Next(-MaxRotation, MaxRotation);
        double brightness = random.Next(1 - Brightness, 1 + Brightness);
        double contrast = random.Next(1 - Contrast, 1 + Contrast);
        double saturation = random.Next(1 - Saturation, 1 + Saturation);
        bool blurs = random.Happens(BlurProbability), erases = random.Happens(EraseProbability);
        var erased = ErasedRectangle.Of(crop.Width, crop.Height, ref random);
        double hue = random.Next(-Hue, Hue);
        if (!ChangesImages)
        {
            return image;
        }

        byte[] pixels = crop.Copy(image, flips);
        if (angle != 0)
        {
            pixels = Rotation.Rotate(pixels, crop.Width, crop.Height, angle);
        }

        new ColorChange(brightness, contrast, saturation, hue).Apply(pixels);
        if (blurs)
        {
            Blur.Apply(pixels, crop.Width, crop.Height);
        }

        if (erases)
        {
            erased.Erase(pixels, crop.Width);
        }

        return new RgbImage(crop.Width, crop.Height, pixels);
    }

    private string[] Settings() =>
    [
        Text(nameof(MinCropArea), MinCropArea),
        Text(nameof(MaxAspectChange), MaxAspectChange),
        Text(nameof(FlipProbability), FlipProbability),
        Text(nameof(MaxRotation), MaxRotation),
        Text(nameof(Brightness), Brightness),
        Text(nameof(Contrast), Contrast),
        Text(nameof(Saturation), Saturation),
        Text(nameof(Hue), Hue),
        Text(nameof(BlurProbability), BlurProbability),
        Text(nameof(EraseProbability), EraseProbability),
    ];

    private static string Text(string name, double value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value}");

    private static double Checked(double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"expected {Math.Round(minimum, 3)} to {maximum}");
}
