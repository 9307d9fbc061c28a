using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.SampleData;

/// <summary>A linear color; each channel is 0..1.</summary>
internal readonly record struct Rgb(double R, double G, double B)
{
    public double Luminance => (0.2126 * R) + (0.7152 * G) + (0.0722 * B);

    public static Rgb Mix(Rgb a, Rgb b, double t) => new(a.R + ((b.R - a.R) * t), a.G + ((b.G - a.G) * t), a.B + ((b.B - a.B) * t));

    public static Rgb operator *(Rgb color, double light) => new(color.R * light, color.G * light, color.B * light);

    /// <summary>Two colors that differ enough in brightness for the pattern to be seen.</summary>
    public static (Rgb Foreground, Rgb Background) Pair(SampleRandom random)
    {
        while (true)
        {
            Rgb first = Any(random);
            Rgb second = Any(random);
            if (Math.Abs(first.Luminance - second.Luminance) > 0.28)
            {
                return (first, second);
            }
        }
    }

    /// <summary>A random color; as in photos, grayish ones are more frequent.</summary>
    public static Rgb Any(SampleRandom random)
    {
        double gray = random.Between(0.05, 0.95);
        double saturation = random.Between(0, 0.8);
        return Mix(new Rgb(gray, gray, gray), new Rgb(random.Next(), random.Next(), random.Next()), saturation);
    }
}
