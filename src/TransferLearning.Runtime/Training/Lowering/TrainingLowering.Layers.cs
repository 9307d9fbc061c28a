using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pooling;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Layers.Convolution;
using TransferLearning.Runtime.Training.Layers.Normalization;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Lowering;

/// <content>Layers with parameters, and pooling.</content>
internal sealed partial class TrainingLowering
{
    private bool LowerConvolution(Node node)
    {
        Shape shape = ShapeOf(node.Inputs[0]);
        if (!IsMap(shape) || Constant(node.Inputs[1]) is not { } weights || (node.InputOrNull(2) is { } b && Constant(b) is null))
        {
            return false;
        }

        BatchMap input = Computed(node.Inputs[0]);
        int groups = (int)ConvOperator.GroupsOf(node);
        var window = Window.Of(ConvOperator.WindowOf(node, shape, weights.Shape));
        BatchMap output = DefineStored(node.Output, LayoutOf(ShapeOf(node.Output)), needsGradient: true, derivesGradient: true);
        if (groups > 1 && groups == weights.Shape[0] && weights.Shape[1] == 1)
        {
            var order = new TapOrder(window.Height * window.Width, groups, output.Layout.PixelStride);
            Parameter taps = _result.Parameters.Add(node.Inputs[1], ParameterKind.Weights, weights, order);
            Add(new DepthwiseLayer(node.DisplayName, input, output, window, taps, Bias(node.InputOrNull(2), output)));
        }
        else
        {
            var panels = new PanelLayout(_kernels, weights.Shape, groups, input.Layout.PixelStride, dense: window.DilationX == 1);
            Parameter packed = _result.Parameters.Add(node.Inputs[1], ParameterKind.Weights, weights, new PanelOrder(panels));
            Add(new ConvolutionLayer(_kernels, node.DisplayName, input, output, window, panels, packed, Bias(node.InputOrNull(2), output)));
        }

        Bind(node.Output, output);
        return true;
    }

    private bool LowerGemm(Node node)
    {
        bool isUnscaled = GemmOperator.AlphaOf(node) == 1 && GemmOperator.BetaOf(node) == 1 && !GemmOperator.TransposesA(node);
        string? bias = node.InputOrNull(2);
        if (!isUnscaled || !IsComputed(node.Inputs[0]) || Constant(node.Inputs[1]) is not { } weights
            || (bias is not null && Constant(bias)?.Length != ShapeOf(node.Output)[1]))
        {
            return false;
        }

        LowerProduct(
            node.DisplayName, node.Inputs[0], node.Output, (node.Inputs[1], weights), GemmOperator.TransposesB(node), bias);
        return true;
    }

    /// <summary>The bias of a convolution or product, padded to whole panels of every width.</summary>
    private Parameter? Bias(string? name, BatchMap output)
    {
        const int WidestPanel = 48;
        var order = new VectorOrder(BatchLayouts.Padded(output.Layout.PixelStride + WidestPanel));
        return name is not null ? _result.Parameters.Add(name, ParameterKind.Bias, Constant(name)!, order) : null;
    }

    private bool LowerNormalization(Node node)
    {
        if (node.Inputs.Skip(1).Any(i => Constant(i) is null) || node.Outputs.Skip(1).Any(_consumers.IsRead))
        {
            return false;
        }

        BatchMap output = DefineDerived(node.Output, Computed(node.Inputs[0]), hasParameters: true);
        int stride = output.Layout.PixelStride;
        var parameters = new NormalizationParameters(
            _result.Parameters.Add(node.Inputs[1], ParameterKind.BatchNormalization, Constant(node.Inputs[1])!, new VectorOrder(stride)),
            _result.Parameters.Add(node.Inputs[2], ParameterKind.BatchNormalization, Constant(node.Inputs[2])!, new VectorOrder(stride)),
            Constant(node.Inputs[3])!.Floats.ToArray(),
            Constant(node.Inputs[4])!.Floats.ToArray(),
            NormalizationOperators.EpsilonOf(node),
            node.Attributes.Float("momentum", 0.9f));
        _result.Layers.Add(new NormalizationLayer(node.DisplayName, output, parameters, _options.UsesBatchStatistics));
        _result.Statistics.Add((node.Inputs[3], parameters.Mean));
        _result.Statistics.Add((node.Inputs[4], parameters.Variance));
        Bind(node.Output, output);
        return true;
    }

    private bool LowerPooling(Node node)
    {
        Shape shape = ShapeOf(node.Inputs[0]);
        if (!IsMap(shape) || node.Outputs.Skip(1).Any(_consumers.IsRead))
        {
            return false;
        }

        BatchMap input = Computed(node.Inputs[0]);
        SpatialWindow window = PoolOperator.WindowOf(node, shape);
        BatchMap output = DefineStored(node.Output, LayoutOf(ShapeOf(node.Output)), input.NeedsGradient);
        Add(new PoolingLayer(
            node.DisplayName,
            input,
            output,
            Window.Of(window),
            PoolingStep.KindOf(node),
            window.Vertical.Input + window.Vertical.PadEnd,
            window.Horizontal.Input + window.Horizontal.PadEnd));
        Bind(node.Output, output);
        return true;
    }

    private bool LowerGlobalPooling(Node node)
    {
        if (!IsMap(ShapeOf(node.Inputs[0])))
        {
            return false;
        }

        BatchMap input = Computed(node.Inputs[0]);
        BatchMap output = DefineStored(node.Output, LayoutOf(ShapeOf(node.Output)), input.NeedsGradient);
        Add(new GlobalPoolingLayer(node.DisplayName, input, output));
        Bind(node.Output, output);
        return true;
    }
}
