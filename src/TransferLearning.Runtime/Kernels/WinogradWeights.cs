using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Kernels;

/// <summary>
/// The weights of a 3 x 3 convolution, transformed for F(4x4, 3x3) and packed for the tile kernels: 36 matrices, six per row of points,
/// each in panels of 1 to 3 vectors of output channels, [matrix][panel][input channel][lane]. The points are 0, infinity, 1, -1, 2, -2: a
/// tile of fewer pixels needs only the first ones. Immutable; thread-safe.
/// </summary>
internal sealed unsafe class WinogradWeights : IDisposable
{
    /// <summary>The number of points per dimension; a tile of n pixels needs the first n + 2 of them.</summary>
    public const int Points = 6;

    public const int Matrices = Points * Points;

    private const int Taps = 9;

    /// <summary>The number of filters from which several threads transform them; fewer take less time than starting threads.</summary>
    private const int MinParallelFilters = 128 * 128;

    private readonly PackedConvolution[] _matrices;
    private readonly AlignedMemory _bias;

    public WinogradWeights(KernelSet kernels, Tensor weights, ReadOnlySpan<float> bias)
    {
        int outputs = weights.Shape[0], inputs = weights.Shape[1];
        _matrices = new PackedConvolution[Matrices];
        for (int matrix = 0; matrix < Matrices; matrix++)
        {
            _matrices[matrix] = PackedConvolution.Allocate(kernels, outputs, inputs);
        }

        WeightBytes = Matrices * _matrices[0].WeightBytes;
        WeightPanel[] panels = _matrices[0].Panels;
        if ((long)outputs * inputs >= MinParallelFilters)
        {
            Parallel.For(0, panels.Length, p => Fill(panels[p], panels[p].Width, weights.Floats, outputs, inputs));
        }
        else
        {
            foreach (WeightPanel panel in panels)
            {
                Fill(panel, panel.Width, weights.Floats, outputs, inputs);
            }
        }

        _bias = new AlignedMemory(kernels.WholeVectors(outputs));
        bias.CopyTo(_bias.Span);
    }

    public float* Bias => _bias.Pointer;

    public long WeightBytes { get; }

    public PackedConvolution this[int matrix] => _matrices[matrix];

    public void Dispose()
    {
        foreach (PackedConvolution matrix in _matrices)
        {
            matrix.Dispose();
        }

        _bias.Dispose();
    }

    /// <summary>
    /// Computes the transformed weights G g G' of one panel in double precision. Loops: input channel, then all filters of the panel side
    /// by side, so that each matrix is written in runs of a panel's width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(WeightPanel panel, int width, ReadOnlySpan<float> weights, int outputs, int inputs)
    {
        int valid = Math.Min(width, outputs - panel.OutputChannel);
        int vectors = (valid + Vector<double>.Count - 1) / Vector<double>.Count, stride = vectors * Vector<double>.Count;
        Span<Vector<double>> taps = stackalloc Vector<double>[Taps * vectors];
        Span<Vector<double>> half = stackalloc Vector<double>[18 * vectors];
        Span<Vector<double>> transformed = stackalloc Vector<double>[Matrices * vectors];
        Span<double> tapValues = MemoryMarshal.Cast<Vector<double>, double>(taps);
        Span<double> values = MemoryMarshal.Cast<Vector<double>, double>(transformed);
        for (int input = 0; input < inputs; input++)
        {
            for (int o = 0; o < valid; o++)
            {
                ReadOnlySpan<float> filter = weights.Slice((((panel.OutputChannel + o) * inputs) + input) * Taps, Taps);
                for (int tap = 0; tap < filter.Length; tap++)
                {
                    tapValues[(tap * stride) + o] = filter[tap];
                }
            }

            for (int x = 0; x < 3; x++)
            {
                Transform(taps[(x * vectors)..], 3 * vectors, half[(x * vectors)..], 3 * vectors, vectors);
            }

            for (int i = 0; i < 6; i++)
            {
                Transform(half[(i * 3 * vectors)..], vectors, transformed[(i * 6 * vectors)..], vectors, vectors);
            }

            for (int k = 0; k < Matrices; k++)
            {
                float* target = _matrices[k].Weights + panel.WeightOffset + ((long)input * width);
                ReadOnlySpan<double> matrix = values.Slice(k * stride, valid);
                int o = 0;
                for (; o <= matrix.Length - Vector<float>.Count; o += Vector<float>.Count)
                {
                    var low = new Vector<double>(matrix[o..]);
                    var high = new Vector<double>(matrix[(o + Vector<double>.Count)..]);
                    Vector.Store(Vector.Narrow(low, high), target + o);
                }

                for (; o < matrix.Length; o++)
                {
                    target[o] = (float)matrix[o];
                }
            }
        }
    }

    /// <summary>
    /// Multiplies G of F(4x4, 3x3) by three values, for vectors side by side; sums that its rows share are computed once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transform(
        ReadOnlySpan<Vector<double>> source, int sourceStride, Span<Vector<double>> result, int resultStride, int vectors)
    {
        for (int v = 0; v < vectors; v++)
        {
            Vector<double> a = source[v], b = source[sourceStride + v], c = source[(2 * sourceStride) + v];
            Vector<double> outer = (a + c) * (-1 / 6.0), middle = b * (1 / 6.0);
            Vector<double> far = (a * (1 / 24.0)) + (c * (1 / 6.0)), near = b * (1 / 12.0);
            result[v] = a * (1 / 4.0);
            result[resultStride + v] = c;
            result[(2 * resultStride) + v] = outer - middle;
            result[(3 * resultStride) + v] = outer + middle;
            result[(4 * resultStride) + v] = far + near;
            result[(5 * resultStride) + v] = far - near;
        }
    }
}
