using System.Numerics;
using System.Runtime.InteropServices;

namespace TransferLearning.Heads.Objective;

/// <summary>
/// Rows of floats for the vector kernels: each row starts on a 64-byte boundary and is padded with zeros to whole steps of the kernels,
/// which therefore need no code for tails.
/// </summary>
internal sealed class PaddedMatrix
{
    private const int Alignment = 64 / sizeof(float);

    private readonly float[] _values;
    private readonly int _start;

    public PaddedMatrix(int rows, int columns)
    {
        (Rows, Columns, Stride) = (rows, columns, PaddedLength(columns));
        _values = GC.AllocateArray<float>(checked((rows * Stride) + Alignment), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        _start = (int)((64 - (address % 64)) % 64) / sizeof(float);
    }

    /// <summary>The number of floats that a kernel reads from a row at a time.</summary>
    public static int Step => 4 * Vector<float>.Count;

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The distance from one row to the next, in floats: a multiple of <see cref="Step"/>.</summary>
    public int Stride { get; }

    /// <summary>[Rows, Stride].</summary>
    public Span<float> Values => _values.AsSpan(_start, Rows * Stride);

    public ref float First => ref _values[_start];

    public static int PaddedLength(int columns) => (columns + Step - 1) / Step * Step;

    /// <summary>One row, without the padding.</summary>
    public Span<float> Row(int row) => Values.Slice(row * Stride, Columns);
}
