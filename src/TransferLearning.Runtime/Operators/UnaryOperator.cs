using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>A function of each element on its own, whose output has the input's type and shape.</summary>
/// <param name="name">The operator's name.</param>
/// <param name="function">The function that the attributes of a node choose.</param>
/// <param name="attributes">The names of the attributes.</param>
internal sealed class UnaryOperator(string name, Func<OperatorCall, Func<double, double>> function, params string[] attributes)
    : Operator(name, 1, 1, attributes)
{
    public UnaryOperator(string name, Func<double, double> function)
        : this(name, _ => function)
    {
    }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        // An attribute that chooses no function is an error of the network, to be reported before any image comes.
        function(call);
        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        Func<double, double> f = function(call);
        return [TensorConversion.FromDoubles(input.Type, input.Shape, Array.ConvertAll(input.ToDoubles(), x => f(x)))];
    }
}
