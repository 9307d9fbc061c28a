using TransferLearning.Data.Images;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Findings;

/// <summary>Finds images that are the same, or look the same.</summary>
internal static class DuplicateSearch
{
    /// <summary>Groups of at least two positions, each ascending, in the order of their first members.</summary>
    /// <param name="keys">[n]: the contents.</param>
    /// <param name="hashes">[n]: what the images look like.</param>
    /// <param name="threads">At least 1; the result does not depend on it. The time grows with the square of the number of images: a second
    /// for tens of thousands.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<int[]> Find(
        IReadOnlyList<ContentKey> keys, IReadOnlyList<PerceptualHash> hashes, int threads, CancellationToken cancellationToken)
    {
        int[] first = FirstOfSameContent(keys);
        int[] distinct = [.. Enumerable.Range(0, keys.Count).Where(i => first[i] == i)];
        ulong[] bits = [.. distinct.Select(i => hashes[i].Hash)];
        var similar = new List<int>[distinct.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, distinct.Length, options, i =>
        {
            PerceptualHash hash = hashes[distinct[i]];
            similar[i] = [];
            for (int other = i + 1; other < distinct.Length; other++)
            {
                if (PerceptualHash.MayBeSimilar(bits[i], bits[other]) && hash.IsSimilarTo(hashes[distinct[other]]))
                {
                    similar[i].Add(other);
                }
            }
        });

        var groups = new DisjointSets(keys.Count);
        for (int i = 0; i < keys.Count; i++)
        {
            groups.Join(i, first[i]);
        }

        foreach ((int i, List<int> others) in similar.Index())
        {
            others.ForEach(other => groups.Join(distinct[i], distinct[other]));
        }

        return [.. Enumerable.Range(0, keys.Count).GroupBy(groups.Root).Select(g => g.ToArray()).Where(g => g.Length > 1)];
    }

    private static int[] FirstOfSameContent(IReadOnlyList<ContentKey> keys)
    {
        var seen = new Dictionary<ContentKey, int>();
        return [.. keys.Select((key, i) => seen.TryAdd(key, i) ? i : seen[key])];
    }
}
