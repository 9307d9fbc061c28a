using TransferLearning.Data.Copies;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Benchmarks.Copies;

/// <summary>Draws pairs of images side by side, the second one turned as the first.</summary>
internal static class ContactSheet
{
    private const int Columns = 6;
    private const int Cell = 128;
    private const int Gap = 4;

    /// <summary>The pairs as a PNG file, in their order, six in a row.</summary>
    public static byte[] Draw(DecodedSet set, IReadOnlyList<CopyPair> pairs)
    {
        int rows = (pairs.Count + Columns - 1) / Columns, width = Columns * 2 * Cell;
        byte[] pixels = new byte[width * rows * Cell * 3];
        for (int i = 0; i < pairs.Count; i++)
        {
            int left = i % Columns * 2 * Cell, top = i / Columns * Cell;
            Draw(Shrink(set.Decode(pairs[i].First)), left, top);
            Draw(PixelChanges.Turn(Shrink(set.Decode(pairs[i].Second)), pairs[i].Orientation), left + Cell, top);
        }

        return PngEncoder.Encode(new RgbImage(width, rows * Cell, pixels));

        void Draw(RgbImage image, int left, int top)
        {
            for (int y = 0; y < image.Height; y++)
            {
                image.Pixels.Slice(y * image.Width * 3, image.Width * 3).CopyTo(pixels.AsSpan((((top + y) * width) + left) * 3));
            }
        }
    }

    private static RgbImage Shrink(RgbImage image) => Thumbnail.Of(image, Cell - Gap);
}
