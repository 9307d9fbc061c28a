namespace TransferLearning.Numerics;

/// <summary>Disjoint sets of the numbers 0..count - 1, which can be joined (union-find). Not thread-safe.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    /// <summary>Joins the sets of two members.</summary>
    public void Join(int one, int other) => _parent[Root(one)] = Root(other);

    /// <summary>Joins the sets of all members with equal keys.</summary>
    public void JoinEqual<TKey>(IEnumerable<(TKey Key, int Member)> members)
        where TKey : notnull
    {
        var first = new Dictionary<TKey, int>();
        foreach ((TKey key, int member) in members)
        {
            if (!first.TryAdd(key, member))
            {
                Join(member, first[key]);
            }
        }
    }

    /// <summary>The number that represents the set of a member: the same for all its members.</summary>
    public int Root(int member)
    {
        while (_parent[member] != member)
        {
            member = _parent[member] = _parent[_parent[member]];
        }

        return member;
    }
}
