using System.Numerics;
using System.Runtime.CompilerServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>What the values of <see cref="Orientation"/> do to pictures.</summary>
internal static class Orientations
{
    public const int Count = 8;

    /// <summary>True where an odd number of reflections makes it: no rotation can.</summary>
    public static bool IsMirrored(this Orientation orientation) => int.IsOddInteger(BitOperations.PopCount((uint)orientation));

    /// <summary>
    /// True where the picture is turned by 90, 180 or 270 degrees, mirrored or not. A picture mirrored upside down is only mirrored.
    /// </summary>
    public static bool IsRotated(this Orientation orientation) =>
        orientation is not (Orientation.Upright or Orientation.ReversedColumns or Orientation.ReversedRows);

    /// <summary>Turns a square of values.</summary>
    /// <param name="source">[side, side], row by row.</param>
    /// <param name="side">At least 1.</param>
    /// <param name="orientation">How to turn.</param>
    /// <param name="target">[side, side]; another array.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(ReadOnlySpan<float> source, int side, Orientation orientation, Span<float> target)
    {
        bool reversesRows = orientation.HasFlag(Orientation.ReversedRows);
        bool reversesColumns = orientation.HasFlag(Orientation.ReversedColumns);
        bool isTransposed = orientation.HasFlag(Orientation.Transposed);
        for (int y = 0; y < side; y++)
        {
            int row = reversesRows ? side - 1 - y : y;
            for (int x = 0; x < side; x++)
            {
                int column = reversesColumns ? side - 1 - x : x;
                target[(y * side) + x] = isTransposed ? source[(column * side) + row] : source[(row * side) + column];
            }
        }
    }
}
