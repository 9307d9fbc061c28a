using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>A function of each element on its own, whose output has the input's type and shape.</summary>
internal sealed class UnaryOperator(string name, Func<NodeAttributes, Func<double, double>> function, params string[] attributes)
    : Operator(name, 1, 1, attributes)
{
    public UnaryOperator(string name, Func<double, double> function)
        : this(name, _ => function)
    {
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => [call.Type(0)];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        Func<double, double> f = function(call.Attributes);
        return [TensorConversion.FromDoubles(input.Type, input.Shape, Array.ConvertAll(input.ToDoubles(), x => f(x)))];
    }
}
