using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Pooling;

/// <summary>Reduces each channel of [N, C, ...] to one element: [N, C, 1, ...].</summary>
internal sealed class GlobalPoolOperator(string name, Func<IEnumerable<double>, double> reduce) : Operator(name, 1, 1)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Shape input = call.Shape(0);
        if (input.Rank < 3)
        {
            throw call.Error($"its input {input} is not [N, C, H, W]");
        }

        int[] extents = new int[input.Rank];
        Array.Fill(extents, 1);
        (extents[0], extents[1]) = (input[0], input[1]);
        return [call.Type(0) with { Shape = new Shape(extents) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        double[] values = call.Value(0).ToDoubles();
        int plane = values.Length / type.Shape.Length;
        double[] result = new double[type.Shape.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = reduce(values.Skip(i * plane).Take(plane));
        }

        return [TensorConversion.FromDoubles(type.Element, type.Shape, result)];
    }
}
