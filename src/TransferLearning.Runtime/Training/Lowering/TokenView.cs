using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers.Tokens;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Lowering;

/// <summary>
/// A value whose elements are those of maps, or constants, in another order: what nodes such as Reshape, Transpose, Slice and Concat
/// compute. A chain of such nodes is one copy at most. Immutable.
/// </summary>
internal sealed class TokenView
{
    /// <summary>For each element, row-major, its number among those of all sources, from 1; 0 for an element that is 0.</summary>
    private readonly Tensor _numbers;

    private TokenView(IReadOnlyList<TokenSource> sources, Tensor numbers) => (Sources, _numbers) = (sources, numbers);

    public Shape Shape => _numbers.Shape;

    /// <summary>What the elements are taken from.</summary>
    public IReadOnlyList<TokenSource> Sources { get; }

    /// <summary>A map as it is stored: the last axis is its channels, the others its pixels.</summary>
    public static TokenView OfRows(BatchMap map, Shape shape) => Of(new TokenSource(map), shape);

    /// <summary>A map of the shape [1, channels, height, width], whose channels are stored last.</summary>
    public static TokenView OfMap(BatchMap map, Shape shape)
    {
        Tensor stored = Of(new TokenSource(map), new Shape(1, shape[2], shape[3], shape[1]))._numbers;
        return new TokenView([new TokenSource(map)], TransposeOperator.Transpose(stored, [0, 3, 1, 2]));
    }

    public static TokenView OfConstant(Tensor constant) => Of(new TokenSource(constant.Floats.ToArray()), constant.Shape);

    /// <summary>The outputs of a node that rearranges elements.</summary>
    /// <param name="node">The node.</param>
    /// <param name="known">Its operator.</param>
    /// <param name="opset">Its operator set.</param>
    /// <param name="views">The inputs that are rearranged, by their number; the others are constants.</param>
    /// <param name="constants">The values of the other inputs; null for those that are left out.</param>
    public static TokenView[] Apply(
        Node node, Operator known, int opset, IReadOnlyDictionary<int, TokenView> views, IReadOnlyDictionary<int, Tensor?> constants)
    {
        var sources = new List<TokenSource>();
        var operands = new List<Operand?>();
        for (int i = 0; i < views.Count + constants.Count; i++)
        {
            operands.Add(views.TryGetValue(i, out TokenView? view) ? new Operand(view.NumbersAmong(sources))
                : constants[i] is { } constant ? new Operand(constant)
                : null);
        }

        return [.. known.Evaluate(new OperatorCall(node, opset, [.. operands])).Select(o => new TokenView(sources, o))];
    }

    /// <summary>The view with elements that repeat, as they broadcast to a shape.</summary>
    public TokenView BroadcastTo(Shape shape) => new(Sources, _numbers.BroadcastTo(shape));

    /// <summary>The view with its last two axes swapped: each of its matrices transposed.</summary>
    public TokenView WithLastAxesSwapped()
    {
        int rank = Shape.Rank;
        return new TokenView(
            Sources, TransposeOperator.Transpose(_numbers, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]));
    }

    /// <summary>Whether neighbors of the last axis, most of the time, are neighbors where they come from.</summary>
    public bool IsCopiedInRuns
    {
        get
        {
            ReadOnlySpan<int> numbers = _numbers.Values<int>();
            return numbers.Length > 1 && Shape[-1] > 1 && numbers[1] == numbers[0] + 1;
        }
    }

    /// <summary>The numbers of the elements in the order in which a map of this shape stores them: channels last.</summary>
    /// <param name="isMap">Whether the channels are axis 1 of four, rather than the last.</param>
    public int[] InOrderOfStorage(bool isMap) =>
        (isMap ? TransposeOperator.Transpose(_numbers, [0, 2, 3, 1]) : _numbers).Values<int>().ToArray();

    /// <summary>The map that stores exactly these elements in this order; null where there is none.</summary>
    public BatchMap? StoredIn(FeatureMapLayout layout, bool isMap)
    {
        if (Sources is not [{ Map: { } map }]
            || (map.Layout.Height, map.Layout.Width, map.Layout.Channels) != (layout.Height, layout.Width, layout.Channels))
        {
            return null;
        }

        int[] numbers = InOrderOfStorage(isMap);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != i + 1)
            {
                return null;
            }
        }

        return map;
    }

    private static TokenView Of(TokenSource source, Shape shape)
    {
        int[] numbers = new int[shape.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i + 1;
        }

        return new TokenView([source], Tensor.Create(shape, numbers));
    }

    /// <summary>The numbers of the elements among those of more sources, to which those of this view are added.</summary>
    private Tensor NumbersAmong(List<TokenSource> all)
    {
        int[] shifts = new int[Sources.Sum(s => s.Length) + 1];
        int next = 1;
        foreach (TokenSource source in Sources)
        {
            int known = source.Map is null ? -1 : all.FindIndex(s => s.Map == source.Map);
            if (known < 0)
            {
                known = all.Count;
                all.Add(source);
            }

            int first = 1 + all.Take(known).Sum(s => s.Length);
            Array.Fill(shifts, first - next, next, source.Length);
            next += source.Length;
        }

        int[] numbers = _numbers.Values<int>().ToArray();
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] += shifts[numbers[i]];
        }

        return Tensor.Create(Shape, numbers);
    }
}
