using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Products of two computed matrices, and attention, which is made of two of them.</content>
internal sealed partial class GraphLowering
{
    /// <summary>Leaves the multiplication by a number to the product of two computed matrices that alone reads the result.</summary>
    private bool LowerIntoProduct(Node node)
    {
        int number = NumberOf(node.Inputs[1]) is not null ? 1 : 0;
        if (NumberOf(node.Inputs[number]) is not { } value || node.OperatorName is not ("Mul" or "Div")
            || (node.OperatorName == "Div" && number == 0) || !LeadsToProduct(node.Output))
        {
            return false;
        }

        TensorView view = ViewOf(node.Inputs[1 - number]);
        float factor = node.OperatorName == "Mul" ? value : 1 / value;
        if (!view.Shape.Equals(ShapeOf(node.Output)))
        {
            return false;
        }

        _views.Add(node.Output, view with { Factor = view.Factor * factor });
        return true;
    }

    private float? NumberOf(string name) =>
        Constant(name) is { Type: ElementType.Float32, Length: 1 } number ? number.Floats[0] : null;

    /// <summary>Whether the only reader of a value, behind reshapes and transposes, is a product of two computed matrices.</summary>
    private bool LeadsToProduct(string name)
    {
        var layout = StridedLayout.RowMajor(ShapeOf(name), ShapeOf(name)[-1]);
        while (_consumers.Only(name) is { } next)
        {
            if (next.OperatorName == "MatMul")
            {
                return next.Inputs.All(i => Constant(i) is null) && next.Inputs[0] != next.Inputs[1]
                    && next.Inputs.All(i => ShapeOf(i).Rank >= 2);
            }

            if (Through(next, layout) is not { } view)
            {
                return false;
            }

            (layout, name) = (view, next.Output);
        }

        return false;
    }

    private bool LowerComputedProduct(Node node)
    {
        string left = node.Inputs[0], right = node.Inputs[1];
        if (ShapeOf(left).Rank < 2 || ShapeOf(right).Rank < 2 || !IsComputed(left) || !IsComputed(right)
            || ShapeOf(node.Output).Length == 0)
        {
            return false;
        }

        if (AttentionFrom(node) is { } attention)
        {
            Lower(node, attention);
            return true;
        }

        Shape shape = ShapeOf(node.Output);
        var batch = new Shape(shape.Dimensions[..^2]);
        MatrixBatch a = new(RowsForProduct(left), batch), b = new(ViewOf(right), batch);
        Value output = DefineTokens(node.Output);
        _steps.Add(new MatrixProductStep(_kernels, a, b, new MatrixBatch(new TensorView(output, PlaceOf(output, shape)), batch)));
        return true;
    }

    /// <summary>A view with neighboring columns.</summary>
    private TensorView RowsForProduct(string name)
    {
        TensorView view = ViewOf(name);
        if (view.Layout.Strides[^1] == 1 || view.Layout.Extents[^1] == 1)
        {
            return view;
        }

        TensorView unscaled = view with { Factor = 1 };
        var copy = new Value(_valueCount++, name, TokenLayoutOf(view.Shape));
        StridedLayout place = PlaceOf(copy, view.Shape);
        _steps.Add(new StridedCopyStep(copy, [(new StridedOperand(unscaled), place)]));
        return new TensorView(copy, place, view.Factor);
    }

    /// <summary>Recognizes the attention that a product of queries and keys begins.</summary>
    private Attention? AttentionFrom(Node product)
    {
        string name = product.Output;
        Shape scores = ShapeOf(name);
        float scale = 1;
        List<Tensor> masks = [];
        List<Node> nodes = [];
        while (_consumers.Only(name) is { } next)
        {
            nodes.Add(next);
            if (next.OperatorName == "Softmax")
            {
                Shape shape = ShapeOf(name);
                bool isOverKeys = CallOf(next).Axis(SoftmaxOperator.AxisOf(next, _graph.OpsetVersion), shape.Rank) == shape.Rank - 1;
                return isOverKeys ? AttentionTo(product, next.Output, scale, masks, nodes) : null;
            }

            if (next.OperatorName is "Mul" or "Div" && masks.Count == 0 && OtherInput(next, name) is { } number
                && NumberOf(number) is { } value && (next.OperatorName == "Mul" || next.Inputs[0] == name))
            {
                scale *= next.OperatorName == "Mul" ? value : 1 / value;
            }
            else if (next.OperatorName == "Add" && OtherInput(next, name) is { } other
                && Constant(other) is { Type: ElementType.Float32 } mask && MaskOf(mask, ShapeOf(name), scores) is { } fitting)
            {
                masks.Add(fitting);
            }
            else if (!(next.OperatorName is "Reshape" or "Squeeze" or "Unsqueeze" && KeepsMatrices(ShapeOf(name), ShapeOf(next.Output))))
            {
                return null;
            }

            if (next.OperatorName is "Mul" or "Div" or "Add" && !ShapeOf(next.Output).Equals(ShapeOf(name)))
            {
                return null;
            }

            name = next.Output;
        }

        return null;
    }

    /// <summary>Completes an attention from its probabilities to the product with the values.</summary>
    private Attention? AttentionTo(Node product, string probabilities, float scale, List<Tensor> masks, List<Node> nodes)
    {
        Shape scores = ShapeOf(product.Output);
        while (_consumers.Only(probabilities) is { } next)
        {
            nodes.Add(next);
            if (next.OperatorName == "MatMul")
            {
                bool fits = next.Inputs[0] == probabilities && next.Inputs[1] != probabilities
                    && ShapeOf(next.Inputs[1]).Rank >= 2 && ShapeOf(probabilities).Equals(scores)
                    && ShapeOf(next.Output).Dimensions[..^1].SequenceEqual(scores.Dimensions[..^1]);
                return fits && TryComputeBefore(next.Inputs[1], product) ? new Attention(scores, scale, masks, nodes, next) : null;
            }

            if (!(next.OperatorName is "Reshape" or "Squeeze" or "Unsqueeze" or "Identity"
                && KeepsMatrices(ShapeOf(probabilities), ShapeOf(next.Output))))
            {
                return null;
            }

            probabilities = next.Output;
        }

        return null;
    }

    /// <summary>
    /// Lowers what computes a value, where it does not depend on a node: exporters may write the values of an attention after its scores.
    /// Returns whether the value is computed then.
    /// </summary>
    private bool TryComputeBefore(string name, Node node)
    {
        if (IsComputed(name))
        {
            return true;
        }

        Node? producer = _graph.Nodes.FirstOrDefault(n => n.Outputs.Contains(name));
        if (producer is null || producer == node || _fused.Contains(producer)
            || !producer.Inputs.All(i => i.Length == 0 || Constant(i) is not null || TryComputeBefore(i, node)))
        {
            return false;
        }

        Lower(producer);
        _fused.Add(producer);
        return IsComputed(name);
    }

    /// <summary>Whether a change of shape is one of the axes before the last two.</summary>
    private static bool KeepsMatrices(Shape from, Shape to) => from.Rank >= 2 && to.Rank >= 2 && from[-1] == to[-1] && from[-2] == to[-2];

    /// <summary>A mask that broadcasts to scores of one shape, as one that broadcasts to the same scores in another shape.</summary>
    private static Tensor? MaskOf(Tensor mask, Shape shape, Shape scores)
    {
        if (mask.Shape.Rank > shape.Rank || !shape.Equals(Broadcasting.Combine(mask.Shape, shape)))
        {
            return null;
        }

        if (shape.Equals(scores))
        {
            return mask;
        }

        // With all axes of the batch, the order of the matrices is that of the scores; rows and columns may still repeat.
        Shape padded = new([.. Enumerable.Repeat(1, shape.Rank - mask.Shape.Rank), .. mask.Shape.Dimensions]);
        if (padded.Rank < 2)
        {
            return null;
        }

        Shape whole = new([.. shape.Dimensions[..^2], padded[-2], padded[-1]]);
        return mask.Reshape(padded).BroadcastTo(whole).Reshape(new Shape([.. scores.Dimensions[..^2], padded[-2], padded[-1]]));
    }

    private void Lower(Node product, Attention attention)
    {
        var batch = new Shape(attention.Scores.Dimensions[..^2]);
        int queries = attention.Scores[-2], keys = attention.Scores[-1];
        string name = attention.Product.Output;
        TensorView written = DefineHeads(name, batch, queries, ShapeOf(name)[-1]);
        var operands = new AttentionOperands(
            new MatrixBatch(RowsForProduct(product.Inputs[0]), batch),
            new MatrixBatch(ViewOf(product.Inputs[1]), batch),
            new MatrixBatch(ViewOf(attention.Product.Inputs[1]), batch),
            new MatrixBatch(written, batch));
        int width = PanelLayout.PanelWidths(_kernels, keys).Sum();
        AttentionMask[] masks = [.. attention.Masks.Select(m => new AttentionMask(m, batch, queries, keys, width))];
        _steps.Add(new AttentionStep(_kernels, operands, attention.Scale, masks));
        _fused.UnionWith(attention.Nodes);
        _views.Add(name, written);
    }

    /// <summary>
    /// Adds the output of an attention. The heads of a token, which are the last axis of the batch, are side by side in memory, so that the
    /// transpose and the reshape that usually follow are views.
    /// </summary>
    private TensorView DefineHeads(string name, Shape batch, int queries, int channels)
    {
        int heads = batch.Rank == 0 ? 1 : batch[-1], rows = batch.Length / heads * queries;
        var value = new Value(_valueCount++, name, new FeatureMapLayout(rows, 1, heads * channels, _kernels.PixelStride(heads * channels)));
        int[] extents = [.. batch.Dimensions, queries, channels], strides = new int[extents.Length];
        (strides[^1], strides[^2]) = (1, value.Layout.PixelStride);
        int next = queries * value.Layout.PixelStride;
        for (int axis = batch.Rank - 1; axis >= 0; axis--)
        {
            bool isHeads = axis == batch.Rank - 1;
            strides[axis] = isHeads ? channels : next;
            next *= isHeads ? 1 : batch[axis];
        }

        return new TensorView(value, new StridedLayout(0, extents, strides));
    }

    /// <summary>An attention that is lowered as one step.</summary>
    /// <param name="Scores">The shape of the scores.</param>
    /// <param name="Scale">What they are multiplied by.</param>
    /// <param name="Masks">What is added to them; broadcasts to their shape.</param>
    /// <param name="Nodes">The nodes behind the first product.</param>
    /// <param name="Product">The last of them.</param>
    private sealed record Attention(Shape Scores, float Scale, IReadOnlyList<Tensor> Masks, IReadOnlyList<Node> Nodes, Node Product);
}
