using TransferLearning.Runtime.Compilation.Channels;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Convolution;
using TransferLearning.Runtime.Steps.Winograd;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Convolutions and matrix products.</content>
internal sealed partial class GraphLowering
{
    private bool LowerConvolution(Node node)
    {
        if (WeightsOf(node) is not { } weights)
        {
            return false;
        }

        Window window = WindowOf(node, weights);
        float[] bias = Constant(node.InputOrNull(2))?.Floats.ToArray() ?? [];
        int groups = (int)ConvOperator.GroupsOf(node);
        bool isDepthwise = groups > 1 && groups == weights.Shape[0] && weights.Shape[1] == 1 && DepthwiseStep.Supports(window);
        bool isWinograd = RunsWinograd(node, weights);
        KernelSet? grouped = isDepthwise || isWinograd ? null : GroupedStep.KernelsFor(_kernels, window, weights.Shape, groups);
        if (!isDepthwise && !isWinograd && grouped is null)
        {
            LowerToTiles(node, weights, bias, groups, window);
            return true;
        }

        Value input = WindowInput(node.Inputs[0], window, ShapeOf(node.Output));
        Fusion fusion = Fuse(node.Output, residual: isWinograd);
        Value output = isDepthwise ? Define(fusion.OutputName) : DefineInPlace(fusion.OutputName);
        _steps.Add(isDepthwise
            ? new DepthwiseStep(_kernels, input, output, weights, bias, window, fusion.Activation, RowSums(output))
            : isWinograd
                ? new WinogradStep(
                    _kernels, input, output, fusion.Residual, new WinogradWeights(_kernels, weights, bias), window, fusion.Activation)
                : new GroupedStep(grouped!, input, output, weights, bias, groups, window, fusion.Activation));
        return true;
    }

    /// <summary>Lowers a convolution to the kernels for any window, which multiply by a gate and read selected channels in place.</summary>
    private void LowerToTiles(Node node, Tensor weights, float[] bias, int groups, Window window)
    {
        Gating? gating = _gatings.GetValueOrDefault(node.Inputs[0]);
        ChannelRuns? runs = null;
        Value input;
        if (gating is not null)
        {
            input = gating.Map;
        }
        else if (groups == 1 && SelectionInPlace(node.Inputs[0]) is { } selected)
        {
            (input, runs) = (selected.Source, selected.Runs);
            weights = InputsInOrder(weights, selected.Order);
        }
        else
        {
            input = WindowInput(node.Inputs[0], window, ShapeOf(node.Output));
        }

        Fusion fusion = Fuse(node.Output, residual: true);
        Value output = DefineInPlace(fusion.OutputName);
        var packed = PackedConvolution.Pack(
            _kernels, weights, bias, groups, input.Layout.PixelStride, dense: window.DilationX == 1, runs?.Starts.Length ?? 1);
        _steps.Add(new ConvolutionStep(
            _kernels, input, output, fusion.Residual, packed, window, fusion.Activation, gating?.Gate, runs));
    }

    /// <summary>
    /// Channels that are selected from a value and not copied, if a convolution can read them in place; else null, as where a view of the
    /// value leaves no room for a border.
    /// </summary>
    private (Value Source, ChannelRuns Runs, int[] Order)? SelectionInPlace(string name) =>
        !_values.ContainsKey(name) && _selections.TryGetValue(name, out ChannelSelection? selection) && !selection.Source.IsFrozen
            && selection.Runs() is { } runs
            ? (selection.Source, runs.Runs, runs.Order)
            : null;

    /// <summary>Weights [outputs, inputs, ...] with their inputs in another order.</summary>
    private static Tensor InputsInOrder(Tensor weights, int[] order)
    {
        int outputs = weights.Shape[0], inputs = weights.Shape[1], taps = weights.Length / (outputs * inputs);
        float[] reordered = new float[weights.Length];
        for (int row = 0; row < outputs * inputs; row++)
        {
            int source = (row / inputs * inputs) + order[row % inputs];
            weights.Floats.Slice(source * taps, taps).CopyTo(reordered.AsSpan(row * taps));
        }

        return Tensor.Create(weights.Shape, reordered);
    }

    /// <summary>A value for the sums of a map's rows, if the whole map is averaged; else null.</summary>
    private Value? RowSums(Value map)
    {
        if (map.Layout.IsVector || !_consumers.Of(map.Name).Any(static n => n.OperatorName == "GlobalAveragePool"))
        {
            return null;
        }

        var sums = new Value(_valueCount++, $"{map.Name}: sums of rows", map.Layout with { Width = 1 });
        _rowSums.Add(map, sums);
        return sums;
    }

    /// <summary>The weights of a convolution, if its operands suit a kernel; else null.</summary>
    private Tensor? WeightsOf(Node convolution) =>
        IsMap(ShapeOf(convolution.Inputs[0])) && (convolution.InputOrNull(2) is not { } bias || Constant(bias) is not null)
            ? Constant(convolution.Inputs[1])
            : null;

    private Window WindowOf(Node convolution, Tensor weights) =>
        Window.Of(ConvOperator.WindowOf(convolution, ShapeOf(convolution.Inputs[0]), weights.Shape));

    /// <summary>
    /// Leaves the product of a map and a vector to the convolution that reads it, if nothing else does and the convolution computes it in
    /// less work.
    /// </summary>
    private bool LowerIntoConvolution(Node product, Value map, Value gate)
    {
        bool gates = product.OperatorName == "Mul" && _consumers.Only(product.Output) is { OperatorName: "Conv" } convolution
            && convolution.Inputs[0] == product.Output && WeightsOf(convolution) is { } weights
            && ConvolutionStep.CanGate(
                WindowOf(convolution, weights), (int)ConvOperator.GroupsOf(convolution), (int)weights.Length, map.Layout);
        if (gates)
        {
            _gatings.Add(product.Output, new Gating(map, gate));
        }

        return gates;
    }

    private bool LowerGemm(Node node)
    {
        bool isUnscaled = GemmOperator.AlphaOf(node) == 1 && GemmOperator.BetaOf(node) == 1;
        if (!isUnscaled || GemmOperator.TransposesA(node) || Constant(node.Inputs[1]) is not { } weights)
        {
            return false;
        }

        Tensor matrix = GemmOperator.TransposesB(node) ? weights : Transpose(weights);
        float[]? bias = node.InputOrNull(2) is { } name ? BiasOf(name, matrix.Shape[0]) : [];
        return bias is not null && Lower(node, matrix, bias);
    }

    private bool LowerMatMul(Node node) => Constant(node.Inputs[1]) is { Shape.Rank: 2 } weights
        ? Lower(node, Transpose(weights), [])
        : LowerComputedProduct(node);

    private bool Lower(Node node, Tensor matrix, float[] bias) =>
        IsVector(ShapeOf(node.Inputs[0])) && !IsTokens(node.Inputs[0])
            ? LowerProduct(node, matrix, bias)
            : LowerTokenProduct(node, matrix, bias);

    /// <param name="node">The node whose first input is multiplied.</param>
    /// <param name="matrix">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or empty.</param>
    private bool LowerProduct(Node node, Tensor matrix, float[] bias)
    {
        Value input = Computed(node.Inputs[0]);
        Fusion fusion = Fuse(node.Output, residual: false);
        Value output = Define(fusion.OutputName);
        var packed = PackedConvolution.Pack(_kernels, matrix, bias, groups: 1, input.Layout.PixelStride, dense: true);
        _steps.Add(new ConvolutionStep(_kernels, input, output, null, packed, Window.Point, fusion.Activation));
        return true;
    }

    private float[]? BiasOf(string name, int length)
    {
        if (Constant(name) is not { Type: ElementType.Float32 } bias)
        {
            return null;
        }

        float[] values = bias.Floats.ToArray();
        return values.Length == length ? values : values.Length == 1 ? [.. Enumerable.Repeat(values[0], length)] : null;
    }

    private static Tensor Transpose(Tensor matrix)
    {
        int rows = matrix.Shape[0], columns = matrix.Shape[1];
        ReadOnlySpan<float> source = matrix.Floats;
        float[] values = new float[source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            values[(i % columns * rows) + (i / columns)] = source[i];
        }

        return Tensor.Create(new Shape(columns, rows), values);
    }
}
