namespace TransferLearning.Imaging.Augmentation;

/// <summary>
/// How training images are varied, so that a network learns what does not change their class: each view of an image is another crop,
/// flipped or not, with other light. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. A view depends on the image, these settings and its number alone. The steps, in this order: crop, flip, rotation, colors,
/// blur, erased rectangle.
/// </remarks>
internal sealed record ImageAugmentation
{
    /// <summary>Changes nothing.</summary>
    public static readonly ImageAugmentation None = new();

    /// <summary>
    /// For photos: crops of half of the area or more with little change of the aspect ratio, flips, and some change of light and color.
    /// </summary>
    public static readonly ImageAugmentation Photos = new()
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

    /// <summary>Mirrors every second view: what changes the least, and suits everything but text and left and right.</summary>
    public static readonly ImageAugmentation Flip = new() { FlipProbability = 0.5 };

    /// <summary>
    /// The smallest part of the area that a crop shows, above 0 and at most 1; each crop's part is chosen between it and 1 (random resized
    /// crop, Szegedy et al., 2015). Default: 1, the whole image.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MinCropArea { get; init => field = Checked(value, double.Epsilon, 1); } = 1;

    /// <summary>The factor by which a crop may be wider or narrower than the image, 1 to 4. Default: 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxAspectChange { get; init => field = Checked(value, 1, 4); } = 1;

    /// <summary>The probability that a view is mirrored left to right, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FlipProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>The largest angle of a rotation to either side, 0 to 180 degrees; what turns in is mirrored. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double MaxRotation { get; init => field = Checked(value, 0, 180); }

    /// <summary>The largest relative change of brightness, 0 to 1: .2 is a factor of .8 to 1.2. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Brightness { get; init => field = Checked(value, 0, 1); }

    /// <summary>The largest relative change of contrast around the mean brightness, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Contrast { get; init => field = Checked(value, 0, 1); }

    /// <summary>The largest relative change of saturation, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Saturation { get; init => field = Checked(value, 0, 1); }

    /// <summary>The probability that a view is blurred, 0 to 1. Default: 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double BlurProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>
    /// The probability that a rectangle of 2 to 20 % of the area is replaced by the view's mean color, 0 to 1 (random erasing, Zhong et
    /// al., 2020). Default: 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double EraseProbability { get; init => field = Checked(value, 0, 1); }

    /// <summary>Whether views differ from the image.</summary>
    public bool ChangesImages => this != None;

    /// <summary>Makes a view of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="view">The number of the view, which decides all random choices: hash the image and the epoch into it.</param>
    /// <returns>The view; its size is that of the crop.</returns>
    public RgbImage Apply(RgbImage image, ulong view)
    {
        ArgumentNullException.ThrowIfNull(image);
        var random = new ViewRandom(view);

        // All choices are made, in a fixed order, whether they are used or not: one setting does not change the choices of another.
        var crop = CropChoice.Of(image.Width, image.Height, MinCropArea, MaxAspectChange, ref random);
        bool flips = random.Happens(FlipProbability);
        double angle = random.Next(-MaxRotation, MaxRotation);
        var colors = new ColorChange(
            random.Next(1 - Brightness, 1 + Brightness),
            random.Next(1 - Contrast, 1 + Contrast),
            random.Next(1 - Saturation, 1 + Saturation));
        bool blurs = random.Happens(BlurProbability), erases = random.Happens(EraseProbability);
        var erased = ErasedRectangle.Of(crop.Width, crop.Height, ref random);
        if (!ChangesImages)
        {
            return image;
        }

        byte[] pixels = crop.Copy(image, flips);
        if (angle != 0)
        {
            pixels = Rotation.Rotate(pixels, crop.Width, crop.Height, angle);
        }

        colors.Apply(pixels);
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

    private static double Checked(double value, double minimum, double maximum) => value >= minimum && value <= maximum
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"expected {Math.Round(minimum, 3)} to {maximum}");
}
