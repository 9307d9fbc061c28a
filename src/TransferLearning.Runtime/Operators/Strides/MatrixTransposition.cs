using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>Writes the columns of a matrix as rows: target[column, row] = source[row, column].</summary>
internal static class MatrixTransposition
{
    private const int Tile = 4;

    /// <param name="source">Rows at a distance of <paramref name="sourceStep"/>.</param>
    /// <param name="sourceStep">The distance between rows of the source, at least <paramref name="columns"/>.</param>
    /// <param name="target">Rows at a distance of <paramref name="targetStep"/>.</param>
    /// <param name="targetStep">The distance between rows of the target.</param>
    /// <param name="rows">The number of rows of the source.</param>
    /// <param name="columns">The number of columns of the source.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ReadOnlySpan<T> source, int sourceStep, Span<T> target, int targetStep, int rows, int columns)
        where T : unmanaged
    {
        bool byVectors = Unsafe.SizeOf<T>() == sizeof(float) && Sse.IsSupported;
        for (int row = 0; row < rows; row += Tile)
        {
            int height = Math.Min(Tile, rows - row);
            for (int column = 0; column < columns; column += Tile)
            {
                int width = Math.Min(Tile, columns - column);
                ReadOnlySpan<T> from = source[((row * sourceStep) + column)..];
                Span<T> to = target[((column * targetStep) + row)..];
                if (byVectors && height == Tile && width == Tile)
                {
                    TransposeTile(from, sourceStep, to, targetStep);
                    continue;
                }

                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        to[(x * targetStep) + y] = from[(y * sourceStep) + x];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeTile<T>(ReadOnlySpan<T> source, int sourceStep, Span<T> target, int targetStep)
        where T : unmanaged
    {
        Vector128<float> a = Load(source), b = Load(source[sourceStep..]);
        Vector128<float> c = Load(source[(2 * sourceStep)..]), d = Load(source[(3 * sourceStep)..]);
        Vector128<float> lowAB = Sse.UnpackLow(a, b), lowCD = Sse.UnpackLow(c, d);
        Vector128<float> highAB = Sse.UnpackHigh(a, b), highCD = Sse.UnpackHigh(c, d);
        Store(Sse.MoveLowToHigh(lowAB, lowCD), target);
        Store(Sse.MoveHighToLow(lowCD, lowAB), target[targetStep..]);
        Store(Sse.MoveLowToHigh(highAB, highCD), target[(2 * targetStep)..]);
        Store(Sse.MoveHighToLow(highCD, highAB), target[(3 * targetStep)..]);

        static Vector128<float> Load(ReadOnlySpan<T> values) => Vector128.Create(values[..Tile]).AsSingle();

        static void Store(Vector128<float> vector, Span<T> values) => vector.As<float, T>().CopyTo(values);
    }
}
