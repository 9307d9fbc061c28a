using System.Numerics;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>The layouts of maps in training.</summary>
internal static class BatchLayouts
{
    /// <summary>The number of floats that channels are padded to a multiple of: whole vectors of every kernel, and pairs of
    /// .NET's.</summary>
    private static readonly int Padding = Math.Max(16, 2 * Vector<float>.Count);

    /// <summary>The layout of a map that layers compute.</summary>
    public static FeatureMapLayout Of(KernelSet kernels, int height, int width, int channels)
    {
        int stride = kernels.PixelStride(channels);
        return new FeatureMapLayout(height, width, channels, Padded(Math.Max(stride, channels)));
    }

    /// <summary>A number of channels, rounded up to the padding.</summary>
    public static int Padded(int channels) => (channels + Padding - 1) / Padding * Padding;
}
