using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Indexing;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>
/// Values beside maps and vectors. Tokens have their channels in the last axis, one pixel for each index of the other axes: a map whose
/// axes are reordered to [1, H, W, C] is the same memory. Other reshapes, transposes and selections are views of a value's memory, which
/// are copied only where a step cannot read them.
/// </content>
internal sealed partial class GraphLowering
{
    private readonly Dictionary<string, Value> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorView> _views = new(StringComparer.Ordinal);

    /// <summary>Whether a computed value is neither a map nor a vector in the memory that its shape stands for.</summary>
    private bool IsTokens(string name) => IsComputed(name) && !IsCanonical(name);

    private bool IsCanonical(string name)
    {
        Shape shape = ShapeOf(name);
        bool isMapOrVector = IsMap(shape) || shape.Rank < 2 || IsVector(shape);
        return isMapOrVector && (_values.ContainsKey(name) || _selections.ContainsKey(name) || TryReadAsMap(name) is not null);
    }

    /// <summary>A view of [1, C, H, W] as a map, where its memory is that of one.</summary>
    private Value? TryReadAsMap(string name)
    {
        Shape shape = ShapeOf(name);
        if (!IsMap(shape) || !_views.TryGetValue(name, out TensorView? view) || view.Factor != 1)
        {
            return null;
        }

        FeatureMapLayout layout = LayoutOf(shape);
        if (!new StridedLayout(view.Layout.Offset, view.Layout.Extents.AsSpan(), MapStrides(layout)).Equals(view.Layout))
        {
            return null;
        }

        bool isWhole = view.Layout.Offset == 0 && view.Value.Layout == layout;
        Value map = isWhole ? view.Value : view.Value.AddView(_valueCount++, name, view.Layout.Offset, layout);
        _values.Add(name, map);
        return map;
    }

    /// <summary>The strides of [1, C, H, W] in the memory of a map.</summary>
    private static int[] MapStrides(FeatureMapLayout layout) => [0, 1, layout.RowStride, layout.PixelStride];

    /// <summary>The rows and columns of the pixels of tokens.</summary>
    private static (int Height, int Width) TokenExtents(Shape shape) =>
        IsMap(shape) ? (shape[1], shape[2]) : (new Shape(shape.Dimensions[..^1]).Length, 1);

    private FeatureMapLayout TokenLayoutOf(Shape shape)
    {
        (int height, int width) = TokenExtents(shape);
        return new FeatureMapLayout(height, width, shape[-1], _kernels.PixelStride(shape[-1]));
    }

    /// <summary>Adds tokens, or a vector, that a step will compute.</summary>
    private Value DefineTokens(string name)
    {
        Shape shape = ShapeOf(name);
        if (IsVector(shape))
        {
            return Define(name);
        }

        var value = new Value(_valueCount++, name, TokenLayoutOf(shape));
        _tokens.Add(name, value);
        return value;
    }

    /// <summary>Where the elements of tokens, or of a vector, are in the memory of their value.</summary>
    private static StridedLayout PlaceOf(Value value, Shape shape) =>
        StridedLayout.RowMajor(shape, IsVector(shape) ? shape[-1] : value.Layout.PixelStride);

    /// <summary>Where the elements of a value are. Its layout becomes final.</summary>
    private TensorView ViewOf(string name)
    {
        if (_views.TryGetValue(name, out TensorView? view))
        {
            return view;
        }

        Shape shape = ShapeOf(name);
        bool isTokens = _tokens.TryGetValue(name, out Value? value);
        value ??= Computed(name);
        value.Freeze();
        FeatureMapLayout layout = value.Layout;
        StridedLayout strided = isTokens
            ? IsMap(shape)
                ? new StridedLayout(0, shape.Dimensions, [0, layout.RowStride, layout.PixelStride, 1])
                : StridedLayout.RowMajor(shape, layout.PixelStride)
            : IsMap(shape) ? new StridedLayout(0, shape.Dimensions, MapStrides(layout))
            : StridedLayout.RowMajor(shape, shape.Rank == 0 ? 1 : shape[-1]);
        return new TensorView(value, strided);
    }

    /// <summary>A value as one pixel per token, where its memory allows that; else null.</summary>
    /// <param name="name">The value, whose last axis has the channels.</param>
    /// <param name="height">The rows of pixels.</param>
    /// <param name="width">The pixels of a row.</param>
    private Value? TryRowsOf(string name, int height, int width)
    {
        if (_tokens.TryGetValue(name, out Value? tokens) && tokens.Layout.Height == height && tokens.Layout.Width == width)
        {
            return tokens;
        }

        TensorView view = ViewOf(name);
        return view.Factor == 1 ? TryRowsOf(name, view, height, width) : null;
    }

    private Value? TryRowsOf(string name, TensorView view, int height, int width)
    {
        int channels = view.Layout.Extents[^1];
        if (view.Layout.Reshape(new Shape(height, width, channels)) is not { } rows || (channels > 1 && rows.Strides[2] != 1))
        {
            return null;
        }

        int pixel = width > 1 ? rows.Strides[1] : height > 1 ? rows.Strides[0] : _kernels.PixelStride(channels);
        int row = height > 1 ? rows.Strides[0] : width * pixel;
        if (pixel < channels || row < width * pixel || row % pixel != 0)
        {
            return null;
        }

        var layout = new FeatureMapLayout(height, width, channels, pixel) { Right = (row / pixel) - width };
        return view.Layout.Offset == 0 && view.Value.Layout == layout
            ? view.Value
            : view.Value.AddView(_valueCount++, name, view.Layout.Offset, layout);
    }

    /// <summary>A value as one pixel per token; copied where its memory does not allow that.</summary>
    private Value RowsOf(string name)
    {
        (int height, int width) = TokenExtents(ShapeOf(name));
        return TryRowsOf(name, height, width) ?? CopyOfTokens(name);
    }

    /// <summary>A value as tokens with the usual distances; copied where it has others.</summary>
    private Value TokensOf(string name)
    {
        Value rows = RowsOf(name);
        FeatureMapLayout layout = TokenLayoutOf(ShapeOf(name));
        return rows.Layout.PixelStride == layout.PixelStride && rows.Layout.RowStride == layout.RowStride ? rows : CopyOfTokens(name);
    }

    private Value CopyOfTokens(string name)
    {
        TensorView view = ViewOf(name);
        var copy = new Value(_valueCount++, name, TokenLayoutOf(view.Shape));
        _steps.Add(new StridedCopyStep(copy, [(new StridedOperand(view), PlaceOf(copy, view.Shape))]));
        if (_views.Remove(name))
        {
            _tokens.Add(name, copy);
        }

        return copy;
    }

    /// <summary>A view or tokens as the map or vector that the shape stands for: in the same memory where possible, else copied.</summary>
    private Value Canonical(string name)
    {
        if (TryReadAsMap(name) is { } map)
        {
            return map;
        }

        Shape shape = ShapeOf(name);
        TensorView view = ViewOf(name);
        FeatureMapLayout layout = LayoutOf(shape);
        if (!IsMap(shape) && shape.Rank > 2 && view.Layout.Reshape(new Shape(shape.Length)) is { } flat && flat.Strides[0] == 1)
        {
            Value alias = view.Value.AddView(_valueCount++, name, flat.Offset, layout);
            _values.Add(name, alias);
            return alias;
        }

        Value value = Copy(name, view, layout);
        _values.Add(name, value);
        return value;
    }

    private Value Copy(string name, TensorView view, FeatureMapLayout layout)
    {
        var copy = new Value(_valueCount++, name, layout);
        StridedLayout place = IsMap(view.Shape)
            ? new StridedLayout(0, view.Shape.Dimensions, MapStrides(layout))
            : StridedLayout.RowMajor(view.Shape, view.Shape.Rank == 0 ? 1 : view.Shape[-1]);
        _steps.Add(new StridedCopyStep(copy, [(new StridedOperand(view), place)]));
        return copy;
    }

    /// <summary>A value in memory of its own, as the network's output must be.</summary>
    private Value OwnMemory(string name)
    {
        Value value = Computed(name);
        return value.Whole is null ? value : Copy(name, ViewOf(name), LayoutOf(ShapeOf(name)));
    }

    /// <summary>A map that a window moves over: copied where the window needs a border for which the map has no room.</summary>
    private Value WindowInput(string name, Window window, Shape output)
    {
        Value map = Computed(name);
        FeatureMapLayout bordered = window.Bordered(map.Layout, output[2], output[3]);
        return (map.IsFrozen || (map.Whole?.IsFrozen ?? false)) && bordered != map.Layout
            ? Copy(name, new TensorView(map, new StridedLayout(0, ShapeOf(name).Dimensions, MapStrides(map.Layout))), bordered)
            : map;
    }

    /// <summary>Lowers a change of shape of anything but a map or vector to another.</summary>
    private bool LowerViewReshape(Node node)
    {
        TensorView view = ViewOf(node.Inputs[0]);
        Shape to = ShapeOf(node.Output);
        if (view.Layout.Reshape(to) is { } layout)
        {
            _views.Add(node.Output, view with { Layout = layout });
            return true;
        }

        int length = to.Length;
        var dense = new Value(_valueCount++, node.Output, new FeatureMapLayout(1, 1, length, _kernels.PixelStride(length)));
        var place = StridedLayout.RowMajor(view.Shape, view.Shape.Rank == 0 ? 1 : view.Shape[-1]);
        _steps.Add(new StridedCopyStep(dense, [(new StridedOperand(view with { Factor = 1 }), place)]));
        _views.Add(node.Output, new TensorView(dense, StridedLayout.RowMajor(to, to.Rank == 0 ? 1 : to[-1]), view.Factor));
        return true;
    }

    private bool LowerTranspose(Node node)
    {
        string input = node.Inputs[0];
        if (!IsComputed(input) || !IsFloat(input))
        {
            return false;
        }

        int[] order = TransposeOperator.Order(CallOf(node));
        Shape shape = ShapeOf(input);
        if (IsMap(shape) && order is [0, 2, 3, 1] && IsCanonical(input))
        {
            _tokens.Add(node.Output, Computed(input));
        }
        else if (IsMap(shape) && order is [0, 3, 1, 2] && _tokens.TryGetValue(input, out Value? map))
        {
            _values.Add(node.Output, map);
        }
        else
        {
            TensorView view = ViewOf(input);
            _views.Add(node.Output, view with { Layout = view.Layout.Transpose(order) });
        }

        return true;
    }

    private bool LowerSlice(Node node)
    {
        if (!IsComputed(node.Inputs[0]) || !IsFloat(node.Inputs[0]) || ShapeOf(node.Output).Length == 0)
        {
            return false;
        }

        TensorView view = ViewOf(node.Inputs[0]);
        (Shape shape, int[] strides, int start) = SliceOperator.Plan(CallOf(node), view.Layout.Strides.AsSpan());
        _views.Add(node.Output, view with { Layout = new StridedLayout(view.Layout.Offset + start, shape.Dimensions, strides) });
        return true;
    }

    private bool LowerSplit(Node node)
    {
        if (!IsComputed(node.Inputs[0]) || !IsFloat(node.Inputs[0]) || node.Outputs.Any(o => o.Length > 0 && ShapeOf(o).Length == 0))
        {
            return false;
        }

        TensorView view = ViewOf(node.Inputs[0]);
        int axis = SplitOperator.AxisOf(CallOf(node)), first = 0;
        foreach (string output in node.Outputs)
        {
            int count = ShapeOf(output)[axis];
            _views.Add(output, view with { Layout = view.Layout.Slice(axis, first, count) });
            first += count;
        }

        return true;
    }

    /// <summary>Lowers a Gather of one index, or of evenly spaced ones.</summary>
    private bool LowerGather(Node node)
    {
        if (!IsComputed(node.Inputs[0]) || !IsFloat(node.Inputs[0]) || Constant(node.Inputs[1]) is not { Shape.Rank: 0 or 1 } constant)
        {
            return false;
        }

        OperatorCall call = CallOf(node);
        int axis = GatherOperator.AxisOf(call);
        int[] indices = Array.ConvertAll(call.ToIntegers(constant), i => call.Axis(i, call.Shape(0)[axis]));
        int step = indices.Length > 1 ? indices[1] - indices[0] : 1;
        if (indices.Length == 0 || step == 0 || indices.Where((index, i) => index != indices[0] + (i * step)).Any())
        {
            return false;
        }

        TensorView view = ViewOf(node.Inputs[0]);
        StridedLayout layout = constant.Shape.Rank == 0
            ? view.Layout.Select(axis, indices[0])
            : view.Layout.Slice(axis, indices[0], indices.Length, step);
        _views.Add(node.Output, view with { Layout = layout });
        return true;
    }

    private bool LowerExpand(Node node)
    {
        if (!IsComputed(node.Inputs[0]) || !IsFloat(node.Inputs[0]))
        {
            return false;
        }

        TensorView view = ViewOf(node.Inputs[0]);
        _views.Add(node.Output, view with { Layout = view.Layout.BroadcastTo(ShapeOf(node.Output)) });
        return true;
    }

    /// <summary>Lowers a concatenation of anything but the channels of maps and vectors: each input is copied to its place.</summary>
    private bool LowerTokenConcatenation(Node node)
    {
        Shape shape = ShapeOf(node.Output);
        if (shape.Rank < 2 || !IsFloat(node.Output) || node.Inputs.Any(HasFactor))
        {
            return false;
        }

        int axis = ConcatOperator.AxisOf(CallOf(node)), first = 0;
        Value output = DefineTokens(node.Output);
        StridedLayout place = PlaceOf(output, shape);
        List<(StridedOperand, StridedLayout)> pieces = [];
        foreach (string input in node.Inputs)
        {
            int count = ShapeOf(input)[axis];
            if (ShapeOf(input).Length > 0)
            {
                pieces.Add((OperandOf(input), place.Slice(axis, first, count)));
            }

            first += count;
        }

        _steps.Add(new StridedCopyStep(output, pieces));
        return true;
    }

    private StridedOperand OperandOf(string name) =>
        Constant(name) is { } constant ? new StridedOperand(constant) : new StridedOperand(ViewOf(name));

    private bool HasFactor(string name) => _views.TryGetValue(name, out TensorView? view) && view.Factor != 1;

    private bool IsFloat(string name) => TypeOf(name).Element == ElementType.Float32;

    /// <summary>The layout of a node's output in the memory of its input; null where the node does more than that.</summary>
    private StridedLayout? Through(Node node, StridedLayout layout) => node.OperatorName switch
    {
        "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Identity" => layout.Reshape(ShapeOf(node.Output)),
        "Transpose" => layout.Transpose(TransposeOperator.Order(CallOf(node))),
        _ => null,
    };
}
