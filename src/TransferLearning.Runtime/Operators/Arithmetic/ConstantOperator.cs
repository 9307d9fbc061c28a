using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Returns the value in its attribute.</summary>
internal sealed class ConstantOperator()
    : Operator(OperatorName, 0, 0, "value", "value_float", "value_floats", "value_int", "value_ints")
{
    public const string OperatorName = "Constant";

    /// <exception cref="InvalidNetworkException">The node has no value.</exception>
    public static Tensor ValueOf(Node node)
    {
        NodeAttributes a = node.Attributes;
        return a.Tensor("value")
            ?? (a.Has("value_float") ? Tensor.Scalar(a.Float("value_float", 0))
            : a.Has("value_int") ? Tensor.Scalar(a.Integer("value_int", 0))
            : a.Floats("value_floats") is { } floats ? Tensor.Vector([.. floats])
            : a.Integers("value_ints") is { } integers ? Tensor.Vector([.. integers])
            : throw new InvalidNetworkException($"the node '{node.DisplayName}' ({node.OperatorName}) has no value"));
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [TensorType.Of(ValueOf(call.Node))];

    public override Tensor[] Evaluate(OperatorCall call) => [ValueOf(call.Node)];
}
