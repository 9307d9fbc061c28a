namespace TransferLearning.Runtime.Steps.Winograd;

/// <summary>The division of a map into tiles of 4 x 4 pixels; those of the last row and the last column may be smaller.</summary>
internal readonly struct WinogradGrid
{
    public const int TileSize = 4;

    public WinogradGrid(int height, int width)
    {
        (Rows, Columns) = ((height + TileSize - 1) / TileSize, (width + TileSize - 1) / TileSize);
        (LastHeight, LastWidth) = (height - ((Rows - 1) * TileSize), width - ((Columns - 1) * TileSize));
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The height of the last row of tiles in pixels, 1 to 4.</summary>
    public int LastHeight { get; }

    /// <summary>The width of the last column of tiles in pixels, 1 to 4.</summary>
    public int LastWidth { get; }

    public int Height(int row) => row < Rows - 1 ? TileSize : LastHeight;

    public int Width(int column) => column < Columns - 1 ? TileSize : LastWidth;
}
