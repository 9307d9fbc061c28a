using TransferLearning.Runtime.Formats.TensorFlow.Nodes;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Operators that give a value on as it is, or say it.</summary>
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

    // A node of its own keeps the name findable.
    private static ConvertedValue Pass(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        return call.Emit("Identity", [input]) with { IsChannelsFirst = input.IsChannelsFirst, ListedMap = input.ListedMap };
    }

    // Of both outputs, only that of the branch that runs is ever used.
    private static ConvertedValue[] Switch(OperationCall call) => [call.Input(0), call.Input(0)];
}
