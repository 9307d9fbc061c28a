using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Kernels.Tokens;

/// <summary>
/// A matrix that a step computes, packed as the right side of a product: panels of the widths that tile kernels take, [panel][row][lane].
/// Lanes beyond the last column are 0. Immutable; the memory is the caller's.
/// </summary>
internal sealed unsafe class MatrixPanels
{
    private readonly KernelSet _kernels;
    private readonly int[] _widths;

    /// <param name="kernels">The instruction set.</param>
    /// <param name="rows">The length of the sums.</param>
    /// <param name="columns">The number of columns.</param>
    public MatrixPanels(KernelSet kernels, int rows, int columns)
    {
        (_kernels, Rows, Columns) = (kernels, rows, columns);
        _widths = PanelLayout.PanelWidths(kernels, columns);
        Width = _widths.Sum();
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The number of columns, rounded up to whole panels.</summary>
    public int Width { get; }

    /// <summary>The floats of the packed matrix.</summary>
    public long Length => (long)Rows * Width;

    /// <summary>Packs a matrix, times a factor.</summary>
    /// <param name="source">Element [i, j] is at i * rowStride + j * columnStride.</param>
    /// <param name="rowStride">The distance between rows.</param>
    /// <param name="columnStride">The distance between columns.</param>
    /// <param name="factor">What each element is multiplied by.</param>
    /// <param name="packed"><see cref="Length"/> floats.</param>
    public void Pack(float* source, nint rowStride, nint columnStride, float factor, float* packed)
    {
        int column = 0;
        foreach (int width in _widths)
        {
            int columns = Math.Min(width, Columns - column);
            float* from = source + (column * columnStride);
            if (columns < width)
            {
                new Span<float>(packed, Rows * width).Clear();
            }

            if (columnStride == 1)
            {
                CopyRows(from, rowStride, packed, width, columns, factor);
            }
            else if (rowStride == 1)
            {
                TransposedCopy.Run(from, columnStride, packed, width, Rows, columns, factor);
            }
            else
            {
                CopyElements(from, rowStride, columnStride, packed, width, columns, factor);
            }

            packed += Rows * width;
            column += width;
        }
    }

    /// <summary>
    /// Multiplies some rows by the packed matrix: output[i, j] = bias[j] + addend[i, j] + sum over k of input[i, k] matrix[k, j]. Writes
    /// whole panels: <see cref="Width"/> floats per row. Loops: panel, tile of rows, k.
    /// </summary>
    /// <param name="packed">The packed matrix.</param>
    /// <param name="zeros">Zeros, as many as the widest panel.</param>
    /// <param name="rows">Input, output and addend.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    public void Multiply(float* packed, float* zeros, in ProductRows rows, int count)
    {
        const int MaxTile = 16;
        int* offsets = stackalloc int[3 * MaxTile];
        for (int i = 0; i < MaxTile; i++)
        {
            offsets[i] = i * rows.InputStride;
            offsets[MaxTile + i] = i * rows.OutputStride;
            offsets[(2 * MaxTile) + i] = i * rows.AddendStride;
        }

        int segment = 0;
        ConvolutionTile tile = default;
        tile.SegmentOffsets = &segment;
        tile.Segments = 1;
        tile.SegmentLength = Rows;
        tile.Bias = zeros;
        tile.InputOffsets = offsets;
        tile.OutputOffsets = offsets + MaxTile;
        tile.ResidualOffsets = offsets + (2 * MaxTile);
        tile.Minimum = float.NegativeInfinity;
        tile.Maximum = float.PositiveInfinity;
        int column = 0;
        foreach (int width in _widths)
        {
            var tiles = new TileDivision(_kernels, count, width, fetching: false);
            tile.Weights = packed;
            for (int row = 0; row < count;)
            {
                tile.Input = rows.Input + ((nint)row * rows.InputStride);
                tile.Output = rows.Output + ((nint)row * rows.OutputStride) + column;
                tile.Residual = rows.Addend == null ? null : rows.Addend + ((nint)row * rows.AddendStride) + column;
                row += tiles.Run(&tile, count - row);
            }

            packed += Rows * width;
            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyRows(float* source, nint stride, float* packed, int width, int columns, float factor)
    {
        for (int row = 0; row < Rows; row++, source += stride, packed += width)
        {
            RowKernels.Scale(source, packed, columns, factor);
        }
    }

    private void CopyElements(float* source, nint rowStride, nint columnStride, float* packed, int width, int columns, float factor)
    {
        for (int row = 0; row < Rows; row++, source += rowStride, packed += width)
        {
            for (int column = 0; column < columns; column++)
            {
                packed[column] = source[column * columnStride] * factor;
            }
        }
    }
}
