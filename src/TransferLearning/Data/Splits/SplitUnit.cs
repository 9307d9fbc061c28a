using TransferLearning.Data.Images;

namespace TransferLearning.Data.Splits;

/// <summary>Images that stay on one side of a split: one image, or a group. Immutable.</summary>
/// <param name="Rows">The positions of the images.</param>
/// <param name="Position">The place in the order of units, 0..1.</param>
/// <param name="Key">The smallest key of the images, which <paramref name="Position"/> comes from.</param>
/// <param name="Classes">The number of images of each class that the unit has images of.</param>
internal sealed record SplitUnit(int[] Rows, double Position, ContentKey Key, (int Class, int Images)[] Classes)
{
    /// <summary>The number of images of each class.</summary>
    public static (int Class, int Images)[] Count(int[] rows, int[] classOf) =>
        [.. rows.CountBy(r => classOf[r]).OrderBy(c => c.Key).Select(c => (c.Key, c.Value))];

    /// <summary>The side that images of the unit have already: training where any has; null for none.</summary>
    public bool? SideOf(bool?[] sides) =>
        Array.Exists(Rows, r => sides[r] == false) ? false : Array.Exists(Rows, r => sides[r] == true) ? true : null;
}
