using TransferLearning.Runtime.Formats.TensorFlow.Nodes;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Constants, and operators that return their input unchanged.</summary>
internal static class PassingOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("Const", Constant),
        new("Identity", Pass),
        new("StopGradient", Pass),
        new("PreventGradient", Pass),
        new("CheckNumerics", Pass),
        new("Snapshot", Pass),
        new("PlaceholderWithDefault", Pass),
        new("Merge", Pass),
        new("RefMerge", Pass),
        new("Switch", Switch),
        new("RefSwitch", Switch),
    ];

    private static ConvertedValue Constant(OperationCall call) => GraphConversion.Constant(
        call.Node.Name, TensorFlowTensors.Read(call.Node.Tensor("value"), $"the constant '{call.Node.Name}'"));

    // A node of the same name, so that users of the graph can refer to the value by that name.
    private static ConvertedValue Pass(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        return call.Emit("Identity", [input]) with { IsChannelsFirst = input.IsChannelsFirst, ListedMap = input.ListedMap };
    }

    // Only the output of the branch that runs is used.
    private static ConvertedValue[] Switch(OperationCall call) => [call.Input(0), call.Input(0)];
}
