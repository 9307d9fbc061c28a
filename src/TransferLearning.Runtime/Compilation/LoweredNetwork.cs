using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation;

/// <summary>A graph as steps over values, not yet placed in memory.</summary>
/// <param name="Input">The image.</param>
/// <param name="Output">The output.</param>
/// <param name="Steps">The steps, in their order.</param>
/// <param name="ValueCount">The number of values.</param>
/// <param name="Scaling">What happens to the image while it is copied to <paramref name="Input"/>; null where it is only copied.</param>
/// <param name="ReferenceNodes">The nodes without a suitable kernel, in their order.</param>
internal sealed record LoweredNetwork(
    Value Input,
    Value Output,
    IReadOnlyList<Step> Steps,
    int ValueCount,
    InputScaling? Scaling,
    IReadOnlyList<Node> ReferenceNodes);
