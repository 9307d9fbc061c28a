using System.Globalization;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>Writes numbers of shards as schedulers take them: <c>3,17-19</c>.</summary>
internal static class ArrayExpression
{
    /// <param name="indices">Numbers, ascending, each once.</param>
    public static string Of(IReadOnlyList<int> indices)
    {
        var ranges = new List<string>();
        for (int first = 0; first < indices.Count;)
        {
            int last = first;
            while (last + 1 < indices.Count && indices[last + 1] == indices[last] + 1)
            {
                last++;
            }

            ranges.Add(first == last
                ? indices[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{indices[first]}-{indices[last]}"));
            first = last + 1;
        }

        return string.Join(',', ranges);
    }
}
