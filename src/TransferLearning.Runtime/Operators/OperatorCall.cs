using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>
/// A node together with its inputs' types and, where known, values; with the memory and the threads for its computation. Immutable.
/// </summary>
internal sealed class OperatorCall(Node node, int opset, ImmutableArray<Operand?> inputs)
{
    public Node Node => node;

    public NodeAttributes Attributes => node.Attributes;

    public int Opset => opset;

    public ImmutableArray<Operand?> Operands => inputs;

    public int InputCount => inputs.Length;

    /// <summary>Where outputs and values in between are stored. Default: new arrays.</summary>
    public OperatorMemory Memory { get; init; } = OperatorMemory.Managed;

    /// <summary>The threads that share the computation; null for the calling thread alone, the default.</summary>
    public IWorkDivision? Division { get; init; }

    /// <summary>The same call, whose results are values in between.</summary>
    public OperatorCall WithoutOutputMemory() => new(node, opset, inputs) { Division = Division };

    public bool Has(int index) => index < inputs.Length && inputs[index] is not null;

    public TensorType Type(int index) =>
        Has(index) ? inputs[index]!.Type : throw Error($"its input {index} is missing");

    public Shape Shape(int index) => Type(index).Shape;

    /// <summary>The value of an input that must be known: a constant, or anything while evaluating.</summary>
    public Tensor Value(int index) =>
        Has(index)
            ? inputs[index]!.Value ?? throw Error($"its input '{node.Inputs[index]}' must be a constant")
            : throw Error($"its input {index} is missing");

    /// <summary>The values of a floating-point input as float32; those of float64 are converted.</summary>
    public ReadOnlySpan<float> Floats(int index) => FloatTensor(index).Floats;

    /// <summary>A floating-point input as a tensor of float32; one of float64 is converted.</summary>
    public Tensor FloatTensor(int index) => Value(index) switch
    {
        { Type: ElementType.Float32 } tensor => tensor,
        { Type: ElementType.Float64 } tensor => tensor.To(ElementType.Float32),
        var tensor => throw Error($"its input {index} should be floating-point, not {tensor.Type}"),
    };

    /// <summary>The value of an input; null where the input is left out or its value is not known.</summary>
    public Tensor? KnownValue(int index) => Has(index) ? inputs[index]!.Value : null;

    /// <summary>The value of an input, which must be known; null where the input is left out.</summary>
    public Tensor? ValueOrNull(int index) => Has(index) ? Value(index) : null;

    /// <summary>The types of all inputs; none may be left out.</summary>
    public ImmutableArray<TensorType> Types => [.. Enumerable.Range(0, inputs.Length).Select(Type)];

    /// <summary>Integers that older operator sets keep in an attribute and newer ones in an input; null without either.</summary>
    public long[]? Integers(string attribute, int input) =>
        Attributes.Integers(attribute) is { } values ? [.. values] : ValueOrNull(input) is { } tensor ? ToIntegers(tensor) : null;

    public long[] ToIntegers(Tensor tensor) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Values<long>().ToArray(),
        ElementType.Int32 => Array.ConvertAll(tensor.Values<int>().ToArray(), v => (long)v),
        _ => throw Error($"it needs integers where it has {tensor.Type}"),
    };

    /// <summary>The value of an attribute that has one of some values; the first of them where the attribute is absent.</summary>
    public string Choice(string attribute, params ReadOnlySpan<string> known)
    {
        string value = Attributes.Text(attribute, known[0]);
        return known.Contains(value) ? value : throw Error($"its {attribute} '{value}' is not one of {string.Join(", ", known)}");
    }

    /// <summary>Converts an axis, negative where it counts from the end, to one that counts from the start.</summary>
    public int Axis(long axis, int rank) =>
        axis >= -rank && axis < rank
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw Error($"the axis or index {axis} is not within {rank}");

    /// <summary>
    /// Checks that the inputs have one element type, as operators on matrices and maps need: kernels read them as float32.
    /// </summary>
    /// <exception cref="InvalidNetworkException">They have several.</exception>
    public void RequireOneType()
    {
        foreach (Operand? input in inputs)
        {
            if (input is not null && input.Type.Element != Type(0).Element)
            {
                throw Error($"its inputs have the element types {Type(0).Element} and {input.Type.Element}, expected one");
            }
        }
    }

    /// <summary>Computes the items of a loop on the threads of the call: <see cref="WorkLoop.For"/>.</summary>
    public void For(int items, long workPerItem, Action<int, int> body) => WorkLoop.For(Division, items, workPerItem, body);

    public InvalidNetworkException Error(string problem) =>
        new($"the node '{node.DisplayName}' ({node.OperatorName}, operator set {opset}): {problem}");
}
