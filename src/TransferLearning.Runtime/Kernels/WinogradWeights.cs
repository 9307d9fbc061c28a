using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// The weights of a 3 x 3 convolution transformed for F(4x4, 3x3) and packed for the tile kernels: 36 matrices, each in panels of 1 to 3
/// vectors of output channels, [matrix][panel][input channel][lane]. Immutable; thread-safe.
/// </summary>
internal sealed unsafe class WinogradWeights : IDisposable
{
    public const int Matrices = 36;

    /// <summary>G of F(4x4, 3x3), row by row.</summary>
    private static readonly double[,] Transform =
    {
        { 1 / 4.0, 0, 0 },
        { -1 / 6.0, -1 / 6.0, -1 / 6.0 },
        { -1 / 6.0, 1 / 6.0, -1 / 6.0 },
        { 1 / 24.0, 1 / 12.0, 1 / 6.0 },
        { 1 / 24.0, -1 / 12.0, 1 / 6.0 },
        { 0, 0, 1 },
    };

    private readonly PackedConvolution[] _matrices;
    private readonly AlignedMemory _bias;

    public WinogradWeights(KernelSet kernels, Tensor weights, ReadOnlySpan<float> bias)
    {
        int outputs = weights.Shape[0], inputs = weights.Shape[1];
        var transformed = new float[Matrices][];
        for (int k = 0; k < Matrices; k++)
        {
            transformed[k] = new float[outputs * inputs];
        }

        ReadOnlySpan<float> source = weights.Floats;
        Span<double> filter = stackalloc double[Matrices];
        for (int i = 0; i < outputs * inputs; i++)
        {
            TransformFilter(source.Slice(i * 9, 9), filter);
            for (int k = 0; k < Matrices; k++)
            {
                transformed[k][i] = (float)filter[k];
            }
        }

        _matrices = [.. transformed.Select(m => PackedConvolution.Pack(kernels, Tensor.Create(new Shape(outputs, inputs), m), [], 1, inputs, dense: true))];
        _bias = new AlignedMemory((outputs + kernels.Lanes - 1) / kernels.Lanes * kernels.Lanes);
        bias.CopyTo(_bias.Span);
    }

    public float* Bias => _bias.Pointer;

    public PackedConvolution this[int matrix] => _matrices[matrix];

    public void Dispose()
    {
        foreach (PackedConvolution matrix in _matrices)
        {
            matrix.Dispose();
        }

        _bias.Dispose();
    }

    /// <summary>G g G', in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformFilter(ReadOnlySpan<float> filter, Span<double> result)
    {
        Span<double> half = stackalloc double[18];
        for (int i = 0; i < 6; i++)
        {
            for (int x = 0; x < 3; x++)
            {
                half[(i * 3) + x] = (Transform[i, 0] * filter[x]) + (Transform[i, 1] * filter[3 + x]) + (Transform[i, 2] * filter[6 + x]);
            }
        }

        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                result[(i * 6) + j] = (Transform[j, 0] * half[i * 3]) + (Transform[j, 1] * half[(i * 3) + 1]) + (Transform[j, 2] * half[(i * 3) + 2]);
            }
        }
    }
}
