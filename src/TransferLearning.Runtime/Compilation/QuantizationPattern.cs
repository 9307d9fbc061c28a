using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Quantization;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// Recognizes values that are quantized and dequantized at once, as networks trained for 8-bit integers have them around each layer: the
/// pair rounds and limits float32 values.
/// </summary>
internal sealed class QuantizationPattern(Graph graph, ConsumerIndex consumers)
{
    /// <summary>The operator that the pattern begins with.</summary>
    public const string First = "QuantizeLinear";

    private const string Second = "DequantizeLinear";

    /// <summary>The rounding that a node and all its readers compute, and these readers; null where they are no such pairs.</summary>
    public (QuantizedRounding Rounding, IReadOnlyList<Node> Readers)? Of(Node node)
    {
        IReadOnlyList<Node> readers = consumers.Of(node.Output);
        bool arePairs = consumers.Only(node.Output) is not null || readers.Count > 1;
        if (!arePairs || Constant(node.InputOrNull(1)) is not { Length: 1, Type: ElementType.Float32 } scale
            || readers.Any(r => r.OperatorName != Second || r.Inputs[0] != node.Output))
        {
            return null;
        }

        Tensor zero = Constant(node.InputOrNull(2)) ?? Tensor.Scalar((byte)0);
        bool isConstant = node.InputOrNull(2) is null || Constant(node.InputOrNull(2)) is not null;
        bool fits = isConstant && zero is { Length: 1, Type: ElementType.UInt8 or ElementType.Int8 } && !node.Attributes.Has("output_dtype")
            && readers.All(r => IsSame(r.InputOrNull(1), scale) && (r.InputOrNull(2) is null ? IsZero(zero) : IsSame(r.Inputs[2], zero)));
        (float minimum, float maximum) = zero.Type == ElementType.Int8 ? ((float)sbyte.MinValue, (float)sbyte.MaxValue) : (0f, 255f);
        return fits ? (new QuantizedRounding(scale.Floats[0], (float)zero.ToDoubles()[0], minimum, maximum), readers) : null;
    }

    private bool IsSame(string? name, Tensor expected) =>
        Constant(name) is { Length: 1 } value && value.Type == expected.Type && value.Bytes.SequenceEqual(expected.Bytes);

    private static bool IsZero(Tensor zero) => zero.ToDoubles()[0] == 0;

    private Tensor? Constant(string? name) => name is not null && graph.Initializers.TryGetValue(name, out Tensor? tensor) ? tensor : null;
}
