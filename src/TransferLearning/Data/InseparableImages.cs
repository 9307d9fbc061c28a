namespace TransferLearning.Data;

/// <summary>Finds the images that may not be parted: those of one group, and copies of one image, whatever their names.</summary>
internal static class InseparableImages
{
    /// <summary>[Count]: images with equal numbers belong together, directly or by way of others. Numbers go from 0.</summary>
    public static int[] Group(ImageDataset images)
    {
        ContentKey[] keys = images.ContentKeys();
        int[] parent = [.. Enumerable.Range(0, images.Count)];
        var firstByKey = new Dictionary<ContentKey, int>();
        var firstByGroup = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < keys.Length; i++)
        {
            Join(i, firstByKey.TryAdd(keys[i], i) ? i : firstByKey[keys[i]]);
            if (images.Images[i].Group is { } group)
            {
                Join(i, firstByGroup.TryAdd(group, i) ? i : firstByGroup[group]);
            }
        }

        var numbers = new Dictionary<int, int>();
        var groups = new int[keys.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int root = Root(i);
            numbers.TryAdd(root, numbers.Count);
            groups[i] = numbers[root];
        }

        return groups;

        void Join(int one, int other) => parent[Root(one)] = Root(other);

        int Root(int i)
        {
            while (parent[i] != i)
            {
                i = parent[i] = parent[parent[i]];
            }

            return i;
        }
    }
}
