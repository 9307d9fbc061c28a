using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.BackboneChecks;

/// <summary>A few images of a data set, decoded and resized once, whatever the number of normalizations that they are run under.</summary>
internal sealed class SampledImages
{
    private readonly byte[][] _pixels;

    private SampledImages(byte[][] pixels, int[] labels, int classes) =>
        (_pixels, Labels, Classes, Contrast) = (pixels, labels, classes, ContrastOf(pixels));

    public int Count => _pixels.Length;

    /// <summary>[Count]: classes, numbered from 0 in the order of their first image; empty where an image has no label.</summary>
    public int[] Labels { get; }

    /// <summary>The number of different labels.</summary>
    public int Classes { get; }

    /// <summary>The standard deviation of all pixel values, 0..255.</summary>
    public double Contrast { get; }

    /// <summary>Reads and decodes a sample; images that cannot be read are left out.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="count">The number of images to choose.</param>
    /// <param name="used">The number of them to decode, the first ones.</param>
    /// <param name="preprocessing">Size and resize mode; the normalization does not matter.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static SampledImages Read(
        ImageDataset data, int count, int used, ImagePreprocessing preprocessing, int threads, CancellationToken cancellationToken)
    {
        int[] rows = [.. SampleRows(data, count).Take(used)];
        byte[]?[] pixels = new byte[]?[rows.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        ImagePreprocessing raw = preprocessing with { Normalization = PixelNormalization.None };
        Parallel.For(0, rows.Length, options, i => pixels[i] = Decode(data.Images[rows[i]], raw));

        int[] usable = [.. Enumerable.Range(0, rows.Length).Where(i => pixels[i] is not null)];
        int[] labels = [.. usable.Select(i => data.LabelIndices[rows[i]])];
        int[] classes = [.. labels.Distinct()];
        bool labeled = !classes.Contains(-1);
        return new SampledImages(
            [.. usable.Select(i => pixels[i]!)],
            labeled ? [.. labels.Select(l => Array.IndexOf(classes, l))] : [],
            labeled ? classes.Length : 0);
    }

    /// <summary>Writes the pixels of an image as the input of a network.</summary>
    /// <param name="image">The image's position.</param>
    /// <param name="normalization">The normalization.</param>
    /// <param name="destination">[Height, Width, 3].</param>
    public void WriteInput(int image, PixelNormalization normalization, Span<float> destination)
    {
        Span<float> means = [normalization.MeanR, normalization.MeanG, normalization.MeanB];
        Span<float> scales = [normalization.ScaleR, normalization.ScaleG, normalization.ScaleB];
        byte[] pixels = _pixels[image];
        for (int channel = 0; channel < 3; channel++)
        {
            int color = normalization.ChannelOrder == ChannelOrder.Rgb ? channel : 2 - channel;
            float mean = means[color], factor = 1 / scales[color];
            for (int i = 0; i < pixels.Length; i += 3)
            {
                destination[i + channel] = (pixels[i + color] - mean) * factor;
            }
        }
    }

    // Classes take turns, so that any number of first images is balanced; within a class, images are spread over the whole data set, as
    // neighbors are often alike. A few images of many classes say little: there are at least eight of each class, of only some classes.
    private static int[] SampleRows(ImageDataset data, int count)
    {
        const int MinPerClass = 8;
        int[] labels = data.LabelIndices.ToArray();
        int[][] classes = data.IsLabeled
            ? [.. Enumerable.Range(0, data.Count).GroupBy(i => labels[i]).Select(g => g.ToArray()).OrderByDescending(g => g.Length)]
            : [[.. Enumerable.Range(0, data.Count)]];
        int[][] taken = [.. Spread(classes, Math.Max(2, count / MinPerClass)).Select(c => Spread(c, count))];
        IEnumerable<int> turns = Enumerable.Range(0, taken.Max(c => c.Length))
            .SelectMany(turn => taken.Where(c => turn < c.Length).Select(c => c[turn]));
        return [.. turns.Take(count)];
    }

    private static double ContrastOf(byte[][] images)
    {
        double count = 0, sum = 0, squares = 0;
        foreach (byte[] pixels in images)
        {
            count += pixels.Length;
            foreach (byte value in pixels)
            {
                sum += value;
                squares += value * value;
            }
        }

        return count == 0 ? 0 : Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }

    private static T[] Spread<T>(T[] items, int count) =>
        items.Length <= count ? items : [.. Enumerable.Range(0, count).Select(i => items[(int)((long)i * items.Length / count)])];

    private static byte[]? Decode(LabeledImage image, ImagePreprocessing preprocessing)
    {
        try
        {
            RgbImage decoded = image.Decode(image.ReadBytes());
            float[] values = new float[preprocessing.Height * preprocessing.Width * 3];
            ImageToTensor.Convert(decoded, preprocessing, values);
            return Array.ConvertAll(values, v => (byte)Math.Clamp(MathF.Round(v), 0, 255));
        }
        catch (Exception)
        {
            // The extraction that follows reports it, whatever it is.
            return null;
        }
    }
}
