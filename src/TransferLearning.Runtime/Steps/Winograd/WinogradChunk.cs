using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Winograd;

/// <summary>
/// Tiles that are run together, in the order that they lie in the matrices. Tiles of the last row may be lower than others and have nothing
/// in the last rows of points, tiles of the last column may be narrower and have nothing in the last columns. Those only lower come first,
/// then the whole ones, those only narrower and those that are both: what a matrix has of them is then one run.
/// </summary>
internal readonly ref struct WinogradChunk
{
    private const int Lower = 0, Whole = 1, Narrower = 2, Both = 3, Kinds = 4;

    private readonly WinogradGrid _grid;
    private readonly int _whole;
    private readonly int _narrower;
    private readonly int _both;

    /// <summary>Takes the next tiles of images in their order, of each row by row.</summary>
    /// <param name="grid">The map's tiles.</param>
    /// <param name="rows">The rows of tiles to take of each image.</param>
    /// <param name="next">The first tile to take; afterwards, the one after the last.</param>
    /// <param name="room">For as many as are taken.</param>
    public WinogradChunk(WinogradGrid grid, Range rows, ref Place next, Span<Place> room)
    {
        Span<int> counts = stackalloc int[Kinds];
        counts.Clear();
        Place place = next;
        for (int i = 0; i < room.Length; i++, place = After(place, grid, rows))
        {
            counts[Kind(place, grid)]++;
        }

        (_grid, _whole, _narrower, _both) = (grid, counts[Lower], counts[Lower] + counts[Whole], room.Length - counts[Both]);
        Span<int> slots = [0, _whole, _narrower, _both];
        for (int i = 0; i < room.Length; i++, next = After(next, grid, rows))
        {
            room[slots[Kind(next, grid)]++] = next;
        }

        Tiles = room;
    }

    public ReadOnlySpan<Place> Tiles { get; }

    /// <summary>The tiles that a matrix has values of.</summary>
    public Range Of(int matrix)
    {
        (int row, int column) = Math.DivRem(matrix, WinogradWeights.Points);
        bool lower = row < _grid.LastHeight + 2, narrower = column < _grid.LastWidth + 2;
        return (lower ? 0 : _whole)..(!narrower ? _narrower : lower ? Tiles.Length : _both);
    }

    private static int Kind(Place place, WinogradGrid grid)
    {
        bool narrower = grid.Width(place.Column) < WinogradGrid.TileSize;
        return grid.Height(place.Row) < WinogradGrid.TileSize ? narrower ? Both : Lower : narrower ? Narrower : Whole;
    }

    private static Place After(Place place, WinogradGrid grid, Range rows) =>
        place.Column + 1 < grid.Columns ? place with { Column = place.Column + 1 }
        : place.Row + 1 < rows.End.Value ? new Place(place.Image, place.Row + 1, 0)
        : new Place(place.Image + 1, rows.Start.Value, 0);

    /// <summary>A tile of an image.</summary>
    public readonly record struct Place(int Image, int Row, int Column);
}
