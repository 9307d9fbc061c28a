using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>A function of each element on its own, whose output has the input's type and shape.</summary>
/// <param name="name">The operator's name.</param>
/// <param name="function">The function that the attributes of a node choose.</param>
/// <param name="attributes">The names of the attributes.</param>
internal sealed class UnaryOperator(string name, Func<OperatorCall, ElementFunction> function, params string[] attributes)
    : Operator(name, 1, 1, attributes)
{
    public UnaryOperator(string name, Func<double, double> function)
        : this(name, ElementFunction.Of(function))
    {
    }

    public UnaryOperator(string name, ElementFunction function)
        : this(name, _ => function)
    {
    }

    /// <summary>The function that a node computes.</summary>
    public ElementFunction FunctionOf(OperatorCall call) => function(call);

    /// <summary>As <see cref="Operator.NanosecondsPerElement"/>, for the function that a node computes.</summary>
    public double NanosecondsFor(OperatorCall call) => function(call).Work * 1.5;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        // An attribute that chooses no function is an error of the network, to be reported before any image comes.
        function(call);
        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call) => [Apply(call, call.Value(0), function(call))];

    /// <summary>A function of each element of a tensor, as the first output of a call.</summary>
    public static Tensor Apply(OperatorCall call, Tensor input, ElementFunction f)
    {
        if (input.Type != ElementType.Float32)
        {
            return TensorConversion.FromDoubles(input.Type, input.Shape, Array.ConvertAll(input.ToDoubles(), f.Of));
        }

        TensorBuffer<float> result = call.Memory.Output<float>(0, input.Length);
        call.For(input.Length, f.Work, (from, to) => f.Apply(input.Floats[from..to], result.Span[from..to]));
        return result.ToTensor(input.Shape);
    }
}
