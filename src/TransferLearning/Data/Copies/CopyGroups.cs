using TransferLearning.Data.Images;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Copies;

/// <summary>
/// Joins pairs of copies to groups. A copy of a copy is a copy only where the pairs are the same pixel for pixel. Others, such as shots of
/// one scene in succession, form chains whose ends have little in common: they join two groups only where at least half of the pictures of
/// one are copies of those of the other.
/// </summary>
internal static class CopyGroups
{
    /// <summary>[n]: images with equal numbers are copies; an image without copies has its own number.</summary>
    /// <param name="keys">[n]: the contents.</param>
    /// <param name="pairs">The pairs of different contents that are copies, the most certain first.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static int[] Number(
        IReadOnlyList<ContentKey> keys, IReadOnlyList<CopyPair> pairs, CancellationToken cancellationToken = default)
    {
        var pictures = new DisjointSets(keys.Count);
        pictures.JoinEqual(keys.Select((key, i) => (key, i)));
        foreach (CopyPair pair in pairs.Where(p => p.Match.IsCertain))
        {
            pictures.Join(pair.First, pair.Second);
        }

        var groups = new DisjointSets(keys.Count);
        var members = new Dictionary<int, List<int>>();
        (int Smaller, int Larger)[] ordered = [.. pairs.Select(p => Link(pictures.Root(p.First), pictures.Root(p.Second)))];
        HashSet<(int Smaller, int Larger)> links = ordered.ToHashSet();
        foreach ((int first, int second) in ordered)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int one = groups.Root(first), other = groups.Root(second);
            if (one == other)
            {
                continue;
            }

            List<int> ofOne = members.GetValueOrDefault(one, [first]), ofOther = members.GetValueOrDefault(other, [second]);
            int linked = ofOne.Sum(a => ofOther.Count(b => links.Contains(Link(a, b))));
            if (2 * linked >= ofOne.Count * ofOther.Count)
            {
                groups.Join(one, other);
                members.Remove(one);
                members.Remove(other);
                members[groups.Root(one)] = [.. ofOne, .. ofOther];
            }
        }

        return [.. Enumerable.Range(0, keys.Count).Select(i => groups.Root(pictures.Root(i)))];
    }

    private static (int Smaller, int Larger) Link(int one, int other) => (Math.Min(one, other), Math.Max(one, other));
}
