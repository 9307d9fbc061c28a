using System.Collections.Immutable;
using System.Globalization;
using TransferLearning.Runtime.Compilation;

namespace TransferLearning.Inference;

/// <summary>Says that a network spends time in operators without a kernel.</summary>
internal static class SlowOperators
{
    /// <summary>The warning, in words that follow the name of the network; null where all that matters has a kernel.</summary>
    /// <param name="operators">The operators without a kernel that take a good part of its time.</param>
    public static string? Warning(ImmutableArray<OperatorShare> operators)
    {
        if (operators.IsEmpty)
        {
            return null;
        }

        IEnumerable<string> shares = operators.Select(o => string.Create(
            CultureInfo.InvariantCulture, $"{o.Operator} ({Nodes(o.Nodes)}, about {o.Share:0 %} of the time)"));
        return $"has operators without a kernel, which may take several times as long as they could: "
            + $"{string.Join(", ", shares)}; the result is right; 'transfer backbones inspect' shows what the network costs";
    }

    private static string Nodes(int count) => count == 1 ? "1 node" : $"{count} nodes";
}
