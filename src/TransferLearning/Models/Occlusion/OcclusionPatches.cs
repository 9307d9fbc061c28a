using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Models.Occlusion;

/// <summary>The positions of a gray patch that slides over a network's input, half a patch at a time. Immutable.</summary>
internal sealed class OcclusionPatches
{
    // Small enough to tell the parts of an object apart, large enough to hide one.
    private const double PatchShare = 0.2;
    private const float Gray = 127.5f;

    private readonly int _width;
    private readonly int _height;
    private readonly int _patchWidth;
    private readonly int _patchHeight;
    private readonly int[] _left;
    private readonly int[] _top;
    private readonly float[] _gray;

    public OcclusionPatches(int width, int height, PixelNormalization normalization)
    {
        (_width, _height) = (width, height);
        (_patchWidth, _patchHeight) = (Size(width), Size(height));
        (_left, _top) = (Positions(width, _patchWidth), Positions(height, _patchHeight));
        float red = (Gray - normalization.MeanR) / normalization.ScaleR;
        float green = (Gray - normalization.MeanG) / normalization.ScaleG;
        float blue = (Gray - normalization.MeanB) / normalization.ScaleB;
        _gray = normalization.ChannelOrder switch
        {
            ChannelOrder.Rgb => [red, green, blue],
            ChannelOrder.Bgr => [blue, green, red],
            var other => throw new NotSupportedException($"the channel order {other} is not supported"),
        };
    }

    public int Count => _left.Length * _top.Length;

    /// <summary>Covers part of an input [height, width, 3] with a patch.</summary>
    public void Hide(int patch, Span<float> input)
    {
        int top = _top[patch / _left.Length], left = _left[patch % _left.Length];
        for (int y = top; y < top + _patchHeight; y++)
        {
            Span<float> row = input.Slice(((y * _width) + left) * 3, _patchWidth * 3);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = _gray[i % 3];
            }
        }
    }

    /// <summary>
    /// [height, width]: for each pixel, the mean value of the patches that hide it, weighted by how near the pixel is to a patch's center.
    /// </summary>
    public float[] Spread(float[] values)
    {
        float[] sums = new float[_width * _height];
        float[] weights = new float[_width * _height];
        for (int patch = 0; patch < values.Length; patch++)
        {
            int top = _top[patch / _left.Length], left = _left[patch % _left.Length];
            for (int y = top; y < top + _patchHeight; y++)
            {
                for (int x = left; x < left + _patchWidth; x++)
                {
                    float weight = Nearness(x - left, _patchWidth) * Nearness(y - top, _patchHeight);
                    sums[(y * _width) + x] += weight * values[patch];
                    weights[(y * _width) + x] += weight;
                }
            }
        }

        return [.. sums.Zip(weights, (sum, weight) => sum / weight)];
    }

    /// <summary>1 at the center of a patch, nearly 0 at its border.</summary>
    private static float Nearness(int at, int patch) => 1 - (Math.Abs((2f * at) + 1 - patch) / (patch + 1));

    private static int Size(int side) => Math.Max(1, (int)Math.Round(PatchShare * side));

    /// <summary>The first pixels of the patches. The last patch ends at the border, so that every pixel is hidden at least once.</summary>
    private static int[] Positions(int side, int patch)
    {
        int step = Math.Max(1, patch / 2), last = side - patch;
        return [.. Enumerable.Range(0, (last + step - 1) / step).Select(i => i * step), last];
    }
}
