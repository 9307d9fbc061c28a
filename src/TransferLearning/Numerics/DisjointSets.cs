namespace TransferLearning.Numerics;

/// <summary>Sets of numbers that grow by being joined. Not thread-safe.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parent = [.. Enumerable.Range(0, count)];

    public void Join(int one, int other) => _parent[Root(one)] = Root(other);

    /// <summary>The same number for all members of a set.</summary>
    public int Root(int member)
    {
        while (_parent[member] != member)
        {
            member = _parent[member] = _parent[_parent[member]];
        }

        return member;
    }
}
