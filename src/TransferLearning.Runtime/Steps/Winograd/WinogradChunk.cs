using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Winograd;

/// <summary>
/// Tiles that run together, in their order in the matrices. Tiles of the last row may be lower and then have no values in the last rows of
/// points; tiles of the last column may be narrower and then have none in the last columns of points. Lower tiles come first, then whole
/// ones, narrower ones, and those that are both lower and narrower: so the tiles with values in a matrix are always one range.
/// </summary>
internal readonly ref struct WinogradChunk
{
    private const int Lower = 0, Whole = 1, Narrower = 2, Both = 3, Kinds = 4;

    private readonly WinogradGrid _grid;
    private readonly int _whole;
    private readonly int _narrower;
    private readonly int _both;

    /// <summary>Takes the next tiles, image by image and row by row.</summary>
    /// <param name="grid">The map's tiles.</param>
    /// <param name="rows">The rows of tiles to take of each image.</param>
    /// <param name="next">The first tile to take; on return, the tile after the last.</param>
    /// <param name="room">Memory for the tiles, which is filled.</param>
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

    /// <summary>The range of tiles that have values in a matrix.</summary>
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
