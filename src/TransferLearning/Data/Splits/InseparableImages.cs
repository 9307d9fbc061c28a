using TransferLearning.Data.Images;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Splits;

/// <summary>Finds the images that may not be parted: those of one group, and copies of one image, whatever their names.</summary>
internal static class InseparableImages
{
    /// <summary>[Count]: images with equal numbers belong together, directly or by way of others. Numbers go from 0.</summary>
    public static int[] Group(ImageDataset images)
    {
        ContentKey[] keys = images.ContentKeys();
        var together = new DisjointSets(images.Count);
        var firstByKey = new Dictionary<ContentKey, int>();
        var firstByGroup = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Length; i++)
        {
            together.Join(i, firstByKey.TryAdd(keys[i], i) ? i : firstByKey[keys[i]]);
            if (images.Images[i].Group is { } group)
            {
                together.Join(i, firstByGroup.TryAdd(group, i) ? i : firstByGroup[group]);
            }
        }

        var numbers = new Dictionary<int, int>();
        int[] groups = new int[keys.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int root = together.Root(i);
            numbers.TryAdd(root, numbers.Count);
            groups[i] = numbers[root];
        }

        return groups;
    }
}
