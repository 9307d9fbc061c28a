using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Operators.Reduction;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Layers.Convolution;
using TransferLearning.Runtime.Training.Layers.Tokens;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Lowering;

/// <content>Matrix products, normalization, softmax and arithmetic of tokens.</content>
internal sealed partial class TrainingLowering
{
    private bool LowerMatMul(Node node)
    {
        (string left, string right) = (node.Inputs[0], node.Inputs[1]);
        Shape shape = ShapeOf(node.Output);
        if (!IsComputed(left) || ShapeOf(left).Rank < 2 || ShapeOf(right).Rank < 2)
        {
            return false;
        }

        if (IsComputed(right))
        {
            return LowerComputedProduct(node);
        }

        if (Constant(right) is not { Shape.Rank: 2 } weights)
        {
            return false;
        }

        (string name, string? bias) = BiasAfter(node.Output, shape[-1]);
        LowerProduct(node.DisplayName, left, name, (right, weights), transposes: false, bias);
        return true;
    }

    /// <summary>A product of tokens and weights: a convolution of 1 x 1 pixel, or of the pixels that they are.</summary>
    /// <param name="title">The node's name.</param>
    /// <param name="input">The tokens.</param>
    /// <param name="output">The name of the result.</param>
    /// <param name="weights">[inputs, outputs], or its transpose.</param>
    /// <param name="transposes">Whether it is [outputs, inputs].</param>
    /// <param name="bias">The name of the bias, [outputs]; null for none.</param>
    private void LowerProduct(
        string title, string input, string output, (string Name, Tensor Values) weights, bool transposes, string? bias)
    {
        BatchMap tokens = RowsOf(input);
        (int inputs, int outputs) = (tokens.Layout.Channels, ShapeOf(output)[-1]);
        BatchMap product = DefineStored(output, RowsLayoutOf(ShapeOf(output)), needsGradient: true, derivesGradient: true);
        var panels = new PanelLayout(_kernels, new Shape(outputs, inputs), groups: 1, tokens.Layout.PixelStride, dense: true);
        IParameterOrder order = new PanelOrder(panels);
        Parameter packed = _result.Parameters.Add(
            weights.Name, ParameterKind.Weights, weights.Values, transposes ? order : new TransposedOrder(order, inputs, outputs));
        Add(new ConvolutionLayer(_kernels, title, tokens, product, Window.Point, panels, packed, Bias(bias, product)));
        BindRows(output, product);
    }

    /// <summary>The name behind the bias that alone is added to a product, and the bias; null where there is none.</summary>
    private (string Name, string? Bias) BiasAfter(string product, int channels)
    {
        if (_consumers.Only(product) is not { OperatorName: "Add" } sum || !ShapeOf(sum.Output).Equals(ShapeOf(product)))
        {
            return (product, null);
        }

        string bias = sum.Inputs[sum.Inputs[0] == product ? 1 : 0];
        if (Constant(bias) is not { Shape.Rank: 1 } values || values.Length != channels)
        {
            return (product, null);
        }

        _fused.Add(sum);
        return (sum.Output, bias);
    }

    private bool LowerComputedProduct(Node node)
    {
        (string left, string right) = (node.Inputs[0], node.Inputs[1]);
        Shape shape = ShapeOf(node.Output);
        var batch = new Shape(shape.Dimensions[..^2]);
        BatchMap rows = RowsOf(left, new Shape([.. batch.Dimensions, ShapeOf(left)[-2], ShapeOf(left)[-1]]));
        (BatchMap columns, bool isTransposed) = RightSide(right, batch);
        BatchMap output = DefineStored(node.Output, RowsLayoutOf(shape), rows.NeedsGradient || columns.NeedsGradient);
        Add(new TokenProductLayer(_kernels, node.DisplayName, rows, columns, output, batch.Length, isTransposed));
        BindRows(node.Output, output);
        return true;
    }

    /// <summary>Tokens, repeated where a shape asks for it.</summary>
    private BatchMap RowsOf(string name, Shape shape) => ShapeOf(name).Length == shape.Length
        ? RowsOf(name)
        : Materialize($"{name}: repeated", ViewOf(name).BroadcastTo(shape), isMap: false);

    /// <summary>The right side of a product, as it is stored already, or as its transpose is; else as a copy.</summary>
    private (BatchMap Map, bool IsTransposed) RightSide(string name, Shape batch)
    {
        Shape own = ShapeOf(name);
        TokenView view = ViewOf(name);
        if (own.Length == batch.Length * own[-2] * own[-1] && !_rows.ContainsKey(name))
        {
            TokenView transposed = view.WithLastAxesSwapped();
            if (transposed.StoredIn(RowsLayoutOf(transposed.Shape), isMap: false) is { } stored)
            {
                return (stored, true);
            }

            if (transposed.IsCopiedInRuns && !view.IsCopiedInRuns)
            {
                return (Materialize($"{name}: transposed", transposed, isMap: false), true);
            }
        }

        return (RowsOf(name, new Shape([.. batch.Dimensions, own[-2], own[-1]])), false);
    }

    private bool LowerSoftmax(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        if (!IsComputed(input) || shape.Rank < 2
            || CallOf(node).Axis(SoftmaxOperator.AxisOf(node, _graph.OpsetVersion), shape.Rank) != shape.Rank - 1)
        {
            return false;
        }

        BatchMap scores = RowsOf(input);
        BatchMap output = DefineStored(node.Output, RowsLayoutOf(shape), scores.NeedsGradient);
        Add(new TokenSoftmaxLayer(node.DisplayName, scores, output));
        BindRows(node.Output, output);
        return true;
    }

    private bool LowerLayerNormalization(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        string? bias = node.InputOrNull(2);
        if (!IsComputed(input) || shape.Rank < 2 || node.Outputs.Skip(1).Any(_consumers.IsRead)
            || CallOf(node).Axis(node.Attributes.Integer("axis", -1), shape.Rank) != shape.Rank - 1
            || Constant(node.Inputs[1])?.Length != shape[-1] || (bias is not null && Constant(bias)?.Length != shape[-1]))
        {
            return false;
        }

        BatchMap tokens = RowsOf(input);
        BatchMap output = DefineStored(node.Output, RowsLayoutOf(shape), needsGradient: true);
        var order = new VectorOrder(output.Layout.PixelStride);
        Parameter scale = _result.Parameters.Add(node.Inputs[1], ParameterKind.LayerNormalization, Constant(node.Inputs[1])!, order);
        Parameter? shift = bias is null ? null : _result.Parameters.Add(bias, ParameterKind.LayerNormalization, Constant(bias)!, order);
        Add(new LayerNormalizationLayer(node.DisplayName, tokens, output, scale, shift, NormalizationOperators.EpsilonOf(node)));
        BindRows(node.Output, output);
        return true;
    }

    /// <summary>Lowers the mean over all axes but the first and the last.</summary>
    private bool LowerMean(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        if (!IsComputed(input) || shape.Rank < 3 || shape[0] != 1
            || !ReducedAxes.Of(CallOf(node)).Order().SequenceEqual(Enumerable.Range(1, shape.Rank - 2)))
        {
            return false;
        }

        BatchMap tokens = RowsOf(input);
        BatchMap output = DefineStored(node.Output, RowsLayoutOf(ShapeOf(node.Output)), tokens.NeedsGradient);
        Add(new GlobalPoolingLayer(node.DisplayName, tokens, output));
        BindRows(node.Output, output);
        return true;
    }

    /// <summary>Lowers arithmetic of tokens with constants, or with other tokens.</summary>
    private bool LowerTokenArithmetic(Node node)
    {
        Shape shape = ShapeOf(node.Output);
        if (node.Inputs.Length != 2 || shape.Rank < 2)
        {
            return false;
        }

        if (node.Inputs.All(IsComputed))
        {
            return LowerComputedArithmetic(node, shape);
        }

        string input = node.Inputs[IsComputed(node.Inputs[0]) ? 0 : 1];
        if (!ShapeOf(input).Equals(shape) || Constant(node.Inputs[node.Inputs[0] == input ? 1 : 0]) is not { } constant)
        {
            return false;
        }

        if (constant.Length == 1 || (constant.Length == shape[-1] && constant.Shape[-1] == shape[-1]))
        {
            return LowerChannelArithmetic(node, input);
        }

        if (node.OperatorName is not ("Add" or "Mul"))
        {
            return false;
        }

        BatchMap tokens = RowsOf(input);
        BatchMap output = DefineStored(node.Output, RowsLayoutOf(shape), tokens.NeedsGradient);
        BinaryOperation operation = node.OperatorName == "Add" ? BinaryOperation.Add : BinaryOperation.Multiply;
        Add(new ConstantArithmeticLayer(node.DisplayName, tokens, output, operation, constant.BroadcastTo(shape).Floats.ToArray()));
        BindRows(node.Output, output);
        return true;
    }

    /// <summary>Lowers arithmetic with one constant per channel of tokens, which training leaves as it is.</summary>
    private bool LowerChannelArithmetic(Node node, string input)
    {
        // One row of tokens is a vector, whose channels are axis 1; so are constants of one row.
        Tensor? Row(string name) => Constant(name) is { } constant ? constant.Reshape(new Shape(constant.Length)) : null;
        if (ChannelAffine.Of<double>(node, input, rank: 2, ShapeOf(input)[-1], Row) is not { } affine)
        {
            return false;
        }

        BatchMap output = DefineDerived(node.Output, RowsOf(input), hasParameters: false);
        output.Derivation!.SetConstants(affine.Scale, affine.Bias);
        _result.Layers.Add(new ActivationLayer(node.DisplayName, output));
        BindRows(node.Output, output);
        return true;
    }

    private bool LowerComputedArithmetic(Node node, Shape shape)
    {
        if (node.OperatorName is not ("Add" or "Mul"))
        {
            return false;
        }

        // Where one of the two is a map already, the other becomes one.
        bool isMap = IsMap(shape) && node.Inputs.Any(i => _maps.ContainsKey(i) && ShapeOf(i).Equals(shape));
        if (isMap && !node.Inputs.All(i => ShapeOf(i).Equals(shape)))
        {
            return false;
        }

        BatchMap[] operands = [.. node.Inputs.Select(i => isMap ? Computed(i) : RowsOf(i, shape))];
        FeatureMapLayout layout = isMap ? LayoutOf(shape) : RowsLayoutOf(shape);
        BatchMap output = DefineStored(node.Output, layout, operands.Any(o => o.NeedsGradient));
        Add(node.OperatorName == "Add"
            ? new AdditionLayer(node.DisplayName, operands[0], operands[1], output, Activation.None)
            : new MultiplicationLayer(node.DisplayName, operands[0], operands[1], output));
        if (isMap)
        {
            Bind(node.Output, output);
        }
        else
        {
            BindRows(node.Output, output);
        }

        return true;
    }

    private OperatorCall CallOf(Node node) => new(
        node,
        _graph.OpsetVersion,
        [.. node.Inputs.Select(i => i.Length == 0 ? null : new Operand(_types[i], _graph.Initializers.GetValueOrDefault(i)))]);
}
