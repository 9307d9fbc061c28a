using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>
/// Keeps the upper (by default) or lower triangle of the matrices in the last two axes, with the diagonal at a distance of k; the rest
/// becomes 0.
/// </summary>
internal sealed class TriluOperator() : Operator("Trilu", 1, 2, "upper")
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) => call.Shape(0).Rank >= 2
        ? [call.Type(0)]
        : throw call.Error($"its input {call.Shape(0)} is not a matrix");

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        Tensor input = call.Value(0);
        long diagonal = call.ValueOrNull(1) is { } given ? call.ToIntegers(given)[0] : 0;
        bool isUpper = call.Attributes.Integer("upper", 1) != 0;
        int rows = type.Shape[-2], columns = type.Shape[-1];
        TensorBuffer result = call.Memory.Output(0, type.Element, type.Shape.Length);
        result.Bytes.Clear();
        int size = result.Bytes.Length / Math.Max(1, result.Length);
        for (int line = 0; columns > 0 && line < input.Length / columns; line++)
        {
            int edge = (int)Math.Clamp((line % rows) + diagonal + (isUpper ? 0 : 1), 0, columns);
            (int from, int to) = isUpper ? (edge, columns) : (0, edge);
            int start = (line * columns) + from;
            input.Bytes.Slice(start * size, (to - from) * size).CopyTo(result.Bytes[(start * size)..]);
        }

        return [result.ToTensor(type.Shape)];
    }
}
