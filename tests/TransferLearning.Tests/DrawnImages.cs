using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;

namespace TransferLearning.Tests;

/// <summary>
/// Small images drawn on the spot, for tests that need no photos: a disc of one color a class at a random place on gray noise.
/// </summary>
internal static class DrawnImages
{
    public const int Side = 96;
    public const int Radius = 9;

    private static readonly byte[][] Colors = [[230, 40, 30], [30, 60, 230], [40, 200, 60], [230, 210, 40]];

    /// <summary>The file of an image and where its disc is.</summary>
    public static (byte[] File, int X, int Y) Disc(int color, int seed)
    {
        var random = new Random(seed);
        int x = random.Next(Radius, Side - Radius), y = random.Next(Radius, Side - Radius);
        byte[] pixels = new byte[Side * Side * 3];
        random.NextBytes(pixels);
        for (int i = 0; i < Side * Side; i++)
        {
            bool inside = Math.Pow((i % Side) - x, 2) + Math.Pow((i / Side) - y, 2) <= Radius * Radius;
            for (int c = 0; c < 3; c++)
            {
                pixels[(3 * i) + c] = inside ? Colors[color][c] : (byte)(100 + (pixels[3 * i] / 5));
            }
        }

        return (JpegEncoder.Encode(new RgbImage(Side, Side, pixels), 90), x, y);
    }

    /// <summary>Labeled discs, a color a label, in memory.</summary>
    public static ImageDataset Set(int perClass, params string[] labels) => ImageDataset.FromImages(
        from color in Enumerable.Range(0, labels.Length)
        from number in Enumerable.Range(0, perClass)
        select LabeledImage.FromBytes(Disc(color, (1000 * color) + number).File, labels[color], $"disc-{color}-{number}.jpg"));
}
