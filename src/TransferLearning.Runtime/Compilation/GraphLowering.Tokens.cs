using TransferLearning.Runtime.Compilation.Tokens;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Steps.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Matrix products, normalization, softmax, arithmetic and activations of tokens.</content>
internal sealed partial class GraphLowering
{
    /// <summary>Lowers a product with constant weights: a 1 x 1 convolution over tokens.</summary>
    /// <param name="node">The node whose first input is multiplied.</param>
    /// <param name="matrix">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or empty.</param>
    private bool LowerTokenProduct(Node node, Tensor matrix, float[] bias)
    {
        string input = node.Inputs[0];
        if (ShapeOf(node.Output).Rank < 2 || HasFactor(input))
        {
            return false;
        }

        int outputs = matrix.Shape[0];
        double[] shift = bias.Length == 0 ? new double[outputs] : Array.ConvertAll(bias, static b => (double)b);
        RowFusion fusion = FollowRows(node.Output, new RowAffine([.. Enumerable.Repeat(1.0, outputs)], shift));
        (int height, int width) = (fusion.Form.Height, fusion.Form.Width);
        Value rows = TryRowsOf(input, height, width) ?? ReadAs(CopyOfTokens(input), height, width);
        Value output = fusion.Form.IsMap ? Define(fusion.Name) : DefineTokens(fusion.Name);
        var packed = PackedConvolution.Pack(
            _kernels,
            fusion.Affine.Scaled(matrix),
            Array.ConvertAll(fusion.Affine.Shift, static b => (float)b),
            groups: 1,
            rows.Layout.PixelStride,
            dense: true);
        _steps.Add(new TokenProductStep(_kernels, rows, output, fusion.Residual, packed, fusion.Activation));
        return true;
    }

    /// <summary>A value of so many pixels with another number of rows.</summary>
    private Value ReadAs(Value tokens, int height, int width) => tokens.Layout.Height == height && tokens.Layout.Width == width
        ? tokens
        : tokens.AddView(_valueCount++, tokens.Name, 0, tokens.Layout with { Height = height, Width = width });

    /// <summary>
    /// Finds what a step that computes rows of channels can do in addition: scale and shift the channels, add a residual that is computed
    /// before it, apply an activation, and write directly what reshapes and transposes make of its output.
    /// </summary>
    /// <param name="name">What the step computes: channels in the last axis.</param>
    /// <param name="affine">The scale and shift so far.</param>
    private RowFusion FollowRows(string name, RowAffine affine)
    {
        int channels = ShapeOf(name)[-1], stride = _kernels.PixelStride(channels);
        (int height, int width) = TokenExtents(ShapeOf(name));
        var fusion = new RowFusion(name, new RowForm(height, width, IsMap: false), affine, null, Activation.None);
        var layout = StridedLayout.RowMajor(ShapeOf(name), stride);
        List<Node> passed = [];
        while (true)
        {
            RowForm? form = FormOf(layout, stride);
            if (form is not null && _activations.After(name) is { } after)
            {
                _fused.UnionWith(passed.Concat(after.Nodes));
                return fusion with { Name = after.Nodes[^1].Output, Form = form, Activation = after.Activation };
            }

            if (_consumers.Only(name) is not { } next)
            {
                return fusion;
            }

            if (Through(next, layout) is { } view)
            {
                passed.Add(next);
                (layout, name) = (view, next.Output);
                continue;
            }

            if (form is null || fusion.Residual is not null || !ShapeOf(next.Output).Equals(layout.Shape))
            {
                return fusion;
            }

            if (fusion.Affine.Then(next, name, layout.Rank, form.IsMap ? 1 : layout.Rank - 1, channels, Constant) is { } scaled)
            {
                fusion = fusion with { Affine = scaled };
            }
            else if (ResidualOf(next, name, form) is { } residual)
            {
                fusion = fusion with { Residual = residual };
            }
            else
            {
                return fusion;
            }

            _fused.UnionWith(passed.Append(next));
            passed.Clear();
            name = next.Output;
            fusion = fusion with { Name = name, Form = form };
        }
    }

    /// <summary>What a layout is of rows of channels: tokens, or a map; null where it is neither.</summary>
    private static RowForm? FormOf(StridedLayout layout, int stride)
    {
        Shape shape = layout.Shape;
        if (layout.Equals(StridedLayout.RowMajor(shape, stride)))
        {
            (int height, int width) = TokenExtents(shape);
            return new RowForm(height, width, IsMap: false);
        }

        return IsMap(shape) && layout.Equals(new StridedLayout(0, shape.Dimensions, [0, 1, shape[3] * stride, stride]))
            ? new RowForm(shape[2], shape[3], IsMap: true)
            : null;
    }

    /// <summary>The value that an addition adds to rows of channels, as rows of the same form; null where it is none.</summary>
    private Value? ResidualOf(Node node, string name, RowForm form)
    {
        if (node.OperatorName != "Add" || OtherInput(node, name) is not { } other || !IsComputed(other)
            || !ShapeOf(other).Equals(ShapeOf(name)) || HasFactor(other))
        {
            return null;
        }

        if (!form.IsMap)
        {
            return TryRowsOf(other, form.Height, form.Width);
        }

        if (IsCanonical(other))
        {
            return Computed(other);
        }

        TensorView view = ViewOf(other);
        return TryRowsOf(other, view with { Layout = view.Layout.Transpose([0, 2, 3, 1]) }, form.Height, form.Width);
    }

    private bool LowerLayerNormalization(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        bool isOverLast = shape.Rank >= 2 && CallOf(node).Axis(node.Attributes.Integer("axis", -1), shape.Rank) == shape.Rank - 1;
        string? bias = node.InputOrNull(2);
        if (!isOverLast || !IsFloat(input) || node.Outputs.Skip(1).Any(_consumers.IsRead) || HasFactor(input)
            || Constant(node.Inputs[1]) is not { Type: ElementType.Float32 } scale || scale.Length != shape[-1]
            || (bias is not null && (Constant(bias) is not { Type: ElementType.Float32 } given || given.Length != shape[-1])))
        {
            return false;
        }

        Value rows = RowsOf(input);
        ReadOnlySpan<float> shift = Constant(bias) is { } values ? values.Floats : [];
        _steps.Add(new LayerNormalizationStep(
            rows, DefineTokens(node.Output), scale.Floats, shift, NormalizationOperators.EpsilonOf(node)));
        return true;
    }

    private bool LowerTokenSoftmax(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        int axis = CallOf(node).Axis(SoftmaxOperator.AxisOf(node, _graph.OpsetVersion), shape.Rank);
        if (shape.Rank < 2 || axis != shape.Rank - 1 || HasFactor(input))
        {
            return false;
        }

        Value rows = RowsOf(input);
        _steps.Add(new TokenSoftmaxStep(rows, DefineTokens(node.Output)));
        return true;
    }

    private bool LowerTokenActivation(Node node, Activation activation)
    {
        if (ShapeOf(node.Output).Rank < 2 || HasFactor(node.Inputs[0]))
        {
            return false;
        }

        Value tokens = TokensOf(node.Inputs[0]);
        _steps.Add(new ActivationStep(tokens, DefineTokens(node.Output), activation));
        return true;
    }

    /// <summary>Lowers arithmetic of tokens and of what broadcasts to them.</summary>
    private bool LowerTokenBinary(Node node)
    {
        Shape shape = ShapeOf(node.Output);
        if (shape.Rank < 2 || shape[-1] == 1 || !IsFloat(node.Output) || shape.Length == 0)
        {
            return false;
        }

        if (LowerIntoProduct(node))
        {
            return true;
        }

        if (node.Inputs.Any(HasFactor))
        {
            return false;
        }

        Activation activation = Activation.None;
        string name = node.Output;
        if (_activations.After(name) is { } after)
        {
            (activation, name) = (after.Activation, after.Nodes[^1].Output);
            _fused.UnionWith(after.Nodes);
        }

        StridedOperand left = OperandOf(node.Inputs[0]), right = OperandOf(node.Inputs[1]);
        Value output = DefineTokens(name);
        _steps.Add(new StridedBinaryStep(OperationOf(node), left, right, output, PlaceOf(output, shape), activation));
        return true;
    }
}
