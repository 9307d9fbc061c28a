using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>Combines any number of tensors element by element, from the first to the last.</summary>
internal sealed class VariadicOperator<TFunction>(string name) : Operator(name, 1, int.MaxValue)
    where TFunction : struct, IBinaryFunction
{
    /// <summary>Whether the result is divided by the number of tensors, to give their mean.</summary>
    public bool DividesByCount { get; init; }

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        TensorType type = call.Type(0);
        for (int i = 1; i < call.InputCount; i++)
        {
            type = BinaryFunctions.Combine(call, type, call.Type(i));
        }

        return [type];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor result = call.Value(0);
        for (int i = 1; i < call.InputCount; i++)
        {
            // The last result is the output; those before it are read while it is written.
            OperatorCall partial = i == call.InputCount - 1 && !DividesByCount ? call : call.WithoutOutputMemory();
            result = BinaryFunctions.Apply<TFunction>(partial, result, call.Value(i));
        }

        if (DividesByCount)
        {
            double[] sums = result.ToDoubles();
            result = TensorConversion.FromDoubles(result.Type, result.Shape, Array.ConvertAll(sums, s => s / call.InputCount));
        }

        return [result];
    }
}
