using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Normalization, arithmetic and activations.</content>
internal sealed partial class GraphLowering
{
    private bool LowerBatchNormalization(Node node) => !BatchNormalizationOperator.IsTraining(node)
        ? LowerChannelAffine(node, node.Inputs[0])
        : throw new InvalidNetworkException(
            $"the node '{node.DisplayName}' ({node.OperatorName}, operator set {_graph.OpsetVersion}) is set to training: it "
            + "normalizes by the statistics of its batch, but images are computed one by one; export the model for inference");

    /// <summary>Lowers a node that scales and shifts the channels of one of its inputs by constants.</summary>
    private bool LowerChannelAffine(Node node, string input)
    {
        Shape shape = ShapeOf(input);
        if (!(IsMap(shape) || IsVector(shape)) || !shape.Equals(ShapeOf(node.Output))
            || ChannelAffine.Of<float>(node, input, shape.Rank, shape[1], Constant) is not { } affine)
        {
            return false;
        }

        (Value source, int first) = IsMap(shape) && SelectionOf(input) is var selection && selection.FirstOfRange() is { } range
            ? (selection.Source, range)
            : (Computed(input), 0);
        Fusion fusion = Fuse(node.Output, residual: false);
        _steps.Add(new AffineStep(source, first, Define(fusion.OutputName), affine.Scale, affine.Bias, fusion.Activation));
        return true;
    }

    /// <summary>Lowers arithmetic of two operands; Min, Max and Sum may have more or fewer, for which there is no kernel.</summary>
    private bool LowerBinary(Node node)
    {
        if (node.Inputs.Length != 2)
        {
            return false;
        }

        string left = node.Inputs[0], right = node.Inputs[1];
        if (IsTokens(left) || IsTokens(right))
        {
            return LowerTokenBinary(node);
        }

        if (Constant(left) is not null || Constant(right) is not null)
        {
            return LowerChannelAffine(node, Constant(left) is null ? left : right) || LowerConstantMap(node) || LowerTokenBinary(node);
        }

        Shape shape = ShapeOf(node.Output);
        if (!Fits(left, shape) || !Fits(right, shape))
        {
            return LowerTokenBinary(node);
        }

        Value a = Computed(left), b = Computed(right);
        if (b.Layout.IsVector ? LowerIntoConvolution(node, a, b) : a.Layout.IsVector && LowerIntoConvolution(node, b, a))
        {
            return true;
        }

        Fusion fusion = Fuse(node.Output, residual: false);
        _steps.Add(new BinaryStep(OperationOf(node), a, b, Define(fusion.OutputName), fusion.Activation));
        return true;
    }

    /// <summary>Lowers arithmetic of a map and a constant that differs from pixel to pixel, such as a mean image.</summary>
    private bool LowerConstantMap(Node node)
    {
        bool constantFirst = Constant(node.Inputs[0]) is not null;
        string input = node.Inputs[constantFirst ? 1 : 0];
        Shape shape = ShapeOf(input);
        if (Constant(node.Inputs[constantFirst ? 0 : 1]) is not { Type: ElementType.Float32 } constant
            || !IsMap(shape) || !shape.Equals(ShapeOf(node.Output)) || constant.Shape.Rank > shape.Rank)
        {
            return false;
        }

        Value source = Computed(input);
        Fusion fusion = Fuse(node.Output, residual: false);
        Value output = Define(fusion.OutputName, LayoutOf(shape) with { PixelStride = source.Layout.PixelStride });
        Tensor values = constant.BroadcastTo(shape);
        _steps.Add(new ConstantMapStep(OperationOf(node), source, values, constantFirst, output, fusion.Activation));
        return true;
    }

    /// <summary>A sum of two operands is an addition.</summary>
    private bool LowerSum(Node node) => LowerBinary(node with { OperatorName = "Add" });

    /// <summary>Whether an operand has the output's shape, or is a vector that is applied to each of its pixels.</summary>
    private bool Fits(string operand, Shape output)
    {
        Shape shape = ShapeOf(operand);
        return shape.Equals(output) || (IsMap(shape) && IsMap(output) && shape[1] == output[1] && shape[2] == 1 && shape[3] == 1);
    }

    private static BinaryOperation OperationOf(Node node) => node.OperatorName switch
    {
        "Add" => BinaryOperation.Add,
        "Sub" => BinaryOperation.Subtract,
        "Mul" => BinaryOperation.Multiply,
        "Div" => BinaryOperation.Divide,
        "Min" => BinaryOperation.Minimum,
        "Max" => BinaryOperation.Maximum,
        _ => throw new ArgumentException($"{node.OperatorName} is not an operation of two operands", nameof(node)),
    };

    private bool LowerActivation(Node node)
    {
        if (_activations.Of(node) is not { } activation)
        {
            return false;
        }

        if (IsTokens(node.Inputs[0]))
        {
            return LowerTokenActivation(node, activation);
        }

        _steps.Add(new ActivationStep(Computed(node.Inputs[0]), Define(node.Output), activation));
        return true;
    }

    private bool LowerSoftmax(Node node)
    {
        Shape shape = ShapeOf(node.Inputs[0]);
        bool isOverChannels = CallOf(node).Axis(SoftmaxOperator.AxisOf(node, _graph.OpsetVersion), shape.Rank) == 1;
        bool isPerPixel = IsVector(shape) || (IsMap(shape) && (SoftmaxOperator.IsOverSingleAxis(_graph.OpsetVersion) || IsPixel(shape)));
        if (!isOverChannels || !isPerPixel || IsTokens(node.Inputs[0]))
        {
            return LowerTokenSoftmax(node);
        }

        _steps.Add(new SoftmaxStep(Computed(node.Inputs[0]), Define(node.Output)));
        return true;
    }
}
