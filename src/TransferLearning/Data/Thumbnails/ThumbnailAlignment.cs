namespace TransferLearning.Data.Thumbnails;

/// <summary>
/// Where a thumbnail lies on another: the pixel at (x, y) of the first shows what the second shows at
/// (ScaleX * x + ShiftX, ScaleY * y + ShiftY), in coordinates from -1 to 1 over the picture. Immutable.
/// </summary>
internal readonly record struct ThumbnailAlignment(float ScaleX, float ScaleY, float ShiftX, float ShiftY)
{
    public static ThumbnailAlignment Identity { get; } = new(1, 1, 0, 0);

    /// <summary>Where the second thumbnail lies on the first.</summary>
    public ThumbnailAlignment Invert() => new(1 / ScaleX, 1 / ScaleY, -ShiftX / ScaleX, -ShiftY / ScaleY);

    /// <summary>The largest distance that a corner moves, in halves of the picture.</summary>
    public float Movement =>
        MathF.Max(MathF.Abs(ScaleX - 1) + MathF.Abs(ShiftX), MathF.Abs(ScaleY - 1) + MathF.Abs(ShiftY));
}
