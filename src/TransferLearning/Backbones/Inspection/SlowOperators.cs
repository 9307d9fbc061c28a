using System.Collections.Immutable;
using System.Globalization;
using TransferLearning.Runtime.Compilation;

namespace TransferLearning.Backbones.Inspection;

/// <summary>Says that a network spends time in operators without a kernel.</summary>
internal static class SlowOperators
{
    /// <summary>The warning for a network; null where all that matters has a kernel.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="operators">The operators without a kernel that take a good part of its time.</param>
    public static string? Warning(string network, ImmutableArray<OperatorShare> operators)
    {
        if (operators.IsEmpty)
        {
            return null;
        }

        IEnumerable<string> shares = operators.Select(o => string.Create(
            CultureInfo.InvariantCulture, $"{o.Operator} ({Nodes(o.Nodes)}, about {o.Share:0 %} of the time)"));
        return $"the network '{network}' has operators without a kernel, which may take several times as long as they could: "
            + $"{string.Join(", ", shares)}; the result is right; 'transfer backbones inspect' shows what the network costs";
    }

    private static string Nodes(int count) => count == 1 ? "1 node" : $"{count} nodes";
}
