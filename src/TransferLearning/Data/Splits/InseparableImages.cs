using TransferLearning.Data.Images;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Splits;

/// <summary>Finds the images that must stay on one side of a split: those of one group, and copies of one image.</summary>
internal static class InseparableImages
{
    /// <summary>[n]: images with equal numbers belong together, directly or through others. Numbers start at 0.</summary>
    /// <param name="keys">[n]: the contents.</param>
    /// <param name="groups">[n]: the groups; null for an image in none.</param>
    public static int[] Group(IReadOnlyList<ContentKey> keys, IReadOnlyList<string?> groups)
    {
        var together = new DisjointSets(keys.Count);
        var firstByKey = new Dictionary<ContentKey, int>();
        var firstByGroup = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Count; i++)
        {
            together.Join(i, firstByKey.TryAdd(keys[i], i) ? i : firstByKey[keys[i]]);
            if (groups[i] is { } group)
            {
                together.Join(i, firstByGroup.TryAdd(group, i) ? i : firstByGroup[group]);
            }
        }

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
