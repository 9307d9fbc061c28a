using TransferLearning.Data.Images;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Splits;

/// <summary>
/// Finds the images that must stay on one side of a split: those of one group, and copies of one image. Where a class has nothing but
/// near-copies of one image, they do not stay together: it could not be divided.
/// </summary>
internal static class InseparableImages
{
    /// <summary>[n]: images with equal numbers belong together, directly or through others. Numbers start at 0.</summary>
    /// <param name="keys">[n]: the contents.</param>
    /// <param name="groups">[n]: the groups; null for an image in none.</param>
    /// <param name="copyOf">[n]: the content of the picture that an image is a near-copy of; null for none.</param>
    /// <param name="labels">[n]: the classes.</param>
    public static int[] Group(
        IReadOnlyList<ContentKey> keys, IReadOnlyList<string?> groups, IReadOnlyList<ContentKey?> copyOf, ReadOnlySpan<int> labels)
    {
        int[] numbers = Number(keys, groups, copyOf);
        if (copyOf.All(c => c is null))
        {
            return numbers;
        }

        int[] without = Number(keys, groups, new ContentKey?[keys.Count]), classes = labels.ToArray();
        HashSet<int> undivided =
        [
            .. Enumerable.Range(0, classes.Length).GroupBy(i => classes[i])
                .Where(c => c.DistinctBy(i => numbers[i]).Count() == 1 && c.DistinctBy(i => without[i]).Count() > 1)
                .Select(c => c.Key),
        ];
        return undivided.Count == 0 ? numbers
            : Number(keys, groups, [.. copyOf.Select((c, i) => undivided.Contains(classes[i]) ? null : c)]);
    }

    private static int[] Number(IReadOnlyList<ContentKey> keys, IReadOnlyList<string?> groups, IReadOnlyList<ContentKey?> copyOf)
    {
        var together = new DisjointSets(keys.Count);
        together.JoinEqual(keys.Select((key, i) => (key, i))
            .Concat(copyOf.Index().Where(c => c.Item is not null).Select(c => (c.Item!.Value, c.Index))));
        together.JoinEqual(groups.Index().Where(g => g.Item is not null).Select(g => (g.Item!, g.Index)));

        var numbers = new Dictionary<int, int>();
        int[] numbered = new int[keys.Count];
        for (int i = 0; i < numbered.Length; i++)
        {
            int root = together.Root(i);
            numbers.TryAdd(root, numbers.Count);
            numbered[i] = numbers[root];
        }

        return numbered;
    }
}
