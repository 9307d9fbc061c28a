using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>
/// The sum of products that an equation describes, such as "bhid,bhjd->bhij" (Einstein's notation): axes of one label have one index, and
/// labels that the result lacks are summed over. Operands are combined from the first to the last, each time by matrix products.
/// </summary>
internal sealed class EinsumOperator() : Operator("Einsum", 1, int.MaxValue, "equation")
{
    public const int OpsetWithEinsum = 12;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        call.RequireOneType();
        EinsumEquation equation = EquationOf(call);
        return [call.Type(0) with { Shape = new Shape([.. equation.Result.Select(l => equation.Extents[l])]) }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        EinsumEquation equation = EquationOf(call);
        LabeledTensor[] operands =
            [.. equation.Operands.Select((labels, i) => LabeledTensor.Of(call, call.FloatTensor(i), labels))];
        LabeledTensor product = operands[0];
        for (int i = 1; i < operands.Length; i++)
        {
            HashSet<int> kept = [.. equation.Result, .. operands.Skip(i + 1).SelectMany(o => o.Labels)];
            product = product.Multiply(call, operands[i], kept);
        }

        product = product.Sum(call, [.. equation.Result]).Order(call, [.. equation.Result]);
        return [product.Values.Reshape(type.Shape).To(type.Element)];
    }

    /// <summary>The number of products that a node sums: one for each index of all labels.</summary>
    public static long ProductsOf(Node node, IReadOnlyList<Shape> inputs)
    {
        var call = new OperatorCall(
            node, OpsetWithEinsum, [.. inputs.Select(s => new Operand(new TensorType(ElementType.Float32, s), null))]);
        return EquationOf(call).Extents.Values.Aggregate(1L, static (product, extent) => product * extent);
    }

    private static EinsumEquation EquationOf(OperatorCall call) => EinsumEquation.Parse(call, call.Attributes.Text("equation", ""));
}
