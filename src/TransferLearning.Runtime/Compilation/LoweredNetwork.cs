using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation;

/// <summary>A graph as steps over values, not yet placed in memory.</summary>
internal sealed record LoweredNetwork(Value Input, Value Output, IReadOnlyList<Step> Steps, int ValueCount);
