using TransferLearning.Cli.SampleData.Patterns;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.SampleData;

/// <summary>
/// Draws one image of a class: the pattern, rotated, scaled and slanted, on the whole picture or on a patch over a plain background, in
/// uneven light, partly covered, with noise. The same class, seed and number give the same pixels on every platform.
/// </summary>
internal sealed class SampleImage
{
    // Four samples per pixel smooth the patterns' edges.
    private const int SamplesPerSide = 2;

    private readonly IPattern _pattern;
    private readonly int _size;
    private readonly SampleRandom _random;
    private readonly PatternView _view;
    private readonly Patch _patch;
    private readonly Light _light;
    private readonly Rgb _foreground;
    private readonly Rgb _background;
    private readonly Rgb _surroundings;
    private readonly double _noise;

    private SampleImage(SampleClass sampleClass, SampleRandom random, int size)
    {
        (_random, _size) = (random, size);
        _pattern = sampleClass.CreatePattern(random);
        _view = PatternView.Random(random);
        _patch = Patch.Random(random);
        _light = Light.Random(random);
        (_foreground, _background) = Rgb.Pair(random);
        _surroundings = Rgb.Any(random);
        _noise = random.Between(0.01, 0.05);
    }

    /// <summary>Draws an image of <paramref name="size"/> x <paramref name="size"/> pixels.</summary>
    public static RgbImage Draw(int classIndex, int image, int seed, int size) =>
        new SampleImage(SampleClass.All[classIndex], SampleRandom.For(seed, classIndex, image), size).Draw();

    private RgbImage Draw()
    {
        byte[] pixels = new byte[_size * _size * 3];
        int at = 0;
        for (int row = 0; row < _size; row++)
        {
            for (int column = 0; column < _size; column++)
            {
                Rgb color = PixelColor(column, row);
                // All three channels get the same noise, as most of a sensor's noise is in the brightness.
                double noise = _noise * _random.Normal();
                pixels[at++] = ToByte(color.R + noise);
                pixels[at++] = ToByte(color.G + noise);
                pixels[at++] = ToByte(color.B + noise);
            }
        }

        return new RgbImage(_size, _size, pixels);
    }

    private Rgb PixelColor(int column, int row)
    {
        double covered = 0;
        double inside = 0;
        for (int sample = 0; sample < SamplesPerSide * SamplesPerSide; sample++)
        {
            double x = ((column + (((sample % SamplesPerSide) + 0.5) / SamplesPerSide)) / _size) - 0.5;
            double y = ((row + (((sample / SamplesPerSide) + 0.5) / SamplesPerSide)) / _size) - 0.5;
            (double u, double v) = _view.ToPattern(x, y);
            covered += _pattern.At(u, v);
            inside += _patch.Contains(x, y) ? 1 : 0;
        }

        const double Samples = SamplesPerSide * SamplesPerSide;
        var surface = Rgb.Mix(_background, _foreground, covered / Samples);
        var color = Rgb.Mix(_surroundings, surface, inside / Samples);
        return color * _light.At(((double)column / _size) - 0.5, ((double)row / _size) - 0.5);
    }

    private static byte ToByte(double value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5);
}
