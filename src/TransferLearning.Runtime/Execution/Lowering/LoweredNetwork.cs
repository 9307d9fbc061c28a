using TransferLearning.Runtime.Execution.Steps;

namespace TransferLearning.Runtime.Execution.Lowering;

/// <summary>A graph as steps over values, not yet placed in memory.</summary>
internal sealed record LoweredNetwork(Value Input, Value Output, IReadOnlyList<Step> Steps, int ValueCount);
