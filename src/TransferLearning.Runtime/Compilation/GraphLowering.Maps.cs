using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Normalization;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Steps.Pooling;
using TransferLearning.Runtime.Steps.Reference;
using TransferLearning.Runtime.Steps.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <summary>Pooling, arithmetic, activations and changes of shape.</summary>
internal sealed partial class GraphLowering
{
    private bool LowerPooling(Node node)
    {
        if (!IsMap(ShapeOf(node.Inputs[0])) || node.Outputs.Skip(1).Any(_consumers.IsRead))
        {
            return false;
        }

        Value input = Computed(node.Inputs[0]);
        (WindowAxis vertical, WindowAxis horizontal) = PoolOperator.WindowOf(node, ShapeOf(node.Inputs[0]));
        PoolingKind kind = node.OperatorName == "MaxPool" ? PoolingKind.Maximum
            : node.Attributes.Integer("count_include_pad", 0) != 0 ? PoolingKind.AverageWithPadding
            : PoolingKind.Average;
        _steps.Add(new PoolingStep(
            _kernels,
            input,
            DefineInPlace(node.Output),
            ToWindow(vertical, horizontal),
            kind,
            vertical.Input + vertical.PadEnd,
            horizontal.Input + horizontal.PadEnd));
        return true;
    }

    private bool LowerGlobalPooling(Node node)
    {
        if (!IsMap(ShapeOf(node.Inputs[0])))
        {
            return false;
        }

        Value input = Computed(node.Inputs[0]);
        int count = input.Layout.Height * input.Layout.Width;
        bool average = node.OperatorName == "GlobalAveragePool";
        if (average && _rowSums.TryGetValue(input, out Value? sums))
        {
            input = sums;
        }

        _steps.Add(new GlobalPoolingStep(input, Define(node.Output), average ? PoolingKind.Average : PoolingKind.Maximum, count));
        return true;
    }

    private bool LowerBatchNormalization(Node node)
    {
        if (BatchNormalizationOperator.IsTraining(node))
        {
            throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' ({node.OperatorName}, operator set {_graph.OpsetVersion}) is set to training: it "
                + "normalizes by the statistics of its batch, but images are computed one by one; export the model for inference");
        }

        Tensor?[] parameters = [.. Enumerable.Range(1, 4).Select(i => Constant(node.InputOrNull(i)))];
        Shape shape = ShapeOf(node.Inputs[0]);
        if (parameters.Any(static p => p is null) || !(IsMap(shape) || IsVector(shape)))
        {
            return false;
        }

        float epsilon = node.Attributes.Float("epsilon", 1e-5f);
        float[] scale = new float[parameters[0]!.Length];
        float[] shift = new float[scale.Length];
        for (int c = 0; c < scale.Length; c++)
        {
            scale[c] = parameters[0]!.Floats[c] / MathF.Sqrt(parameters[3]!.Floats[c] + epsilon);
            shift[c] = parameters[1]!.Floats[c] - (parameters[2]!.Floats[c] * scale[c]);
        }

        LowerAffine(node, node.Inputs[0], scale, shift);
        return true;
    }

    private void LowerAffine(Node node, string input, float[] scale, float[] shift)
    {
        Value source = Computed(input);
        Fusion fusion = Fuse(node.Output, residual: false);
        _steps.Add(new AffineStep(source, Define(fusion.OutputName), scale, shift, fusion.Activation));
    }

    private bool LowerBinary(Node node)
    {
        if (node.Inputs.Length != 2)
        {
            return false;
        }

        string left = node.Inputs[0], right = node.Inputs[1];
        if (Constant(left) is not null || Constant(right) is not null)
        {
            return LowerArithmeticWithConstant(node, left, right);
        }

        Shape shape = ShapeOf(node.Output);
        if (!Fits(left, shape) || !Fits(right, shape))
        {
            return false;
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

    /// <summary>Whether an operand is of the output's size, or a vector that holds for each of its pixels.</summary>
    private bool Fits(string operand, Shape output)
    {
        Shape shape = ShapeOf(operand);
        return shape.Equals(output) || (IsMap(shape) && IsMap(output) && shape[1] == output[1] && shape[2] == 1 && shape[3] == 1);
    }

    private bool LowerArithmeticWithConstant(Node node, string left, string right)
    {
        bool constantFirst = Constant(left) is not null;
        string input = constantFirst ? right : left;
        Shape shape = ShapeOf(input);
        if (!(IsMap(shape) || IsVector(shape)) || !shape.Equals(ShapeOf(node.Output)) || Constant(constantFirst ? left : right) is not { } constant
            || PerChannel(constant, shape) is not { } values)
        {
            return false;
        }

        float[] ones = [.. Enumerable.Repeat(1f, values.Length)], zeros = new float[values.Length];
        (float[] Scale, float[] Shift)? affine = node.OperatorName switch
        {
            "Add" or "Sum" => (ones, values),
            "Sub" when !constantFirst => (ones, Array.ConvertAll(values, static v => -v)),
            "Sub" => (Array.ConvertAll(ones, static v => -v), values),
            "Mul" => (values, zeros),
            "Div" when !constantFirst => (Array.ConvertAll(values, static v => 1 / v), zeros),
            _ => null,
        };
        if (affine is not { } found)
        {
            return false;
        }

        LowerAffine(node, input, found.Scale, found.Shift);
        return true;
    }

    /// <summary>A constant as a value a channel; null where it varies along other axes.</summary>
    private static float[]? PerChannel(Tensor constant, Shape shape)
    {
        int channels = shape[1];
        if (constant.Type != ElementType.Float32)
        {
            return null;
        }

        if (constant.Length == 1 && constant.Shape.Rank <= shape.Rank)
        {
            return [.. Enumerable.Repeat(constant.Floats[0], channels)];
        }

        int axis = constant.Shape.Rank - (shape.Rank - 1);
        bool fits = constant.Length == channels && constant.Shape.Rank <= shape.Rank && axis >= 0 && constant.Shape[axis] == channels;
        return fits ? constant.Floats.ToArray() : null;
    }

    private static BinaryOperation OperationOf(Node node) => node.OperatorName switch
    {
        "Add" or "Sum" => BinaryOperation.Add,
        "Sub" => BinaryOperation.Subtract,
        "Mul" => BinaryOperation.Multiply,
        "Div" => BinaryOperation.Divide,
        "Min" => BinaryOperation.Minimum,
        _ => BinaryOperation.Maximum,
    };

    private bool LowerActivation(Node node)
    {
        if (_activations.Of(node) is not { } activation)
        {
            return false;
        }

        _steps.Add(new ActivationStep(Computed(node.Inputs[0]), Define(node.Output), activation));
        return true;
    }

    private bool LowerSoftmax(Node node)
    {
        Shape shape = ShapeOf(node.Inputs[0]);
        long axis = node.Attributes.Integer("axis", _graph.OpsetVersion >= 13 ? -1 : 1);
        bool overChannels = (axis < 0 ? axis + shape.Rank : axis) == 1;
        bool single = IsVector(shape) || (IsMap(shape) && (_graph.OpsetVersion >= 13 || (shape[2] == 1 && shape[3] == 1)));
        if (!overChannels || !single)
        {
            return false;
        }

        _steps.Add(new SoftmaxStep(Computed(node.Inputs[0]), Define(node.Output)));
        return true;
    }

    private bool LowerIdentity(Node node)
    {
        bool isIdentity = node.OperatorName != "Dropout" || DropoutOperator.DropsNothing(node, Constant);
        if (!isIdentity || node.Outputs.Skip(1).Any(_consumers.IsRead))
        {
            return false;
        }

        Alias(node.Output, Computed(node.Inputs[0]));
        return true;
    }

    /// <summary>A change of shape that keeps the order of the elements: the same memory, or a map flattened in NCHW order.</summary>
    private bool LowerReshape(Node node)
    {
        Shape from = ShapeOf(node.Inputs[0]), to = ShapeOf(node.Output);
        Value input = Computed(node.Inputs[0]);
        bool fromPixel = !IsMap(from) || (from[2] == 1 && from[3] == 1);
        bool toPixel = !IsMap(to) || (to[2] == 1 && to[3] == 1);
        if (fromPixel && toPixel)
        {
            Alias(node.Output, input);
            return true;
        }

        if (IsMap(from) && from.Equals(to))
        {
            Alias(node.Output, input);
            return true;
        }

        if (!toPixel)
        {
            return false;
        }

        _steps.Add(new FlattenStep(input, Define(node.Output)));
        return true;
    }

    private bool LowerConcatenation(Node node)
    {
        if (!JoinsChannels(node) || node.Inputs.Any(i => !IsComputed(i)))
        {
            return false;
        }

        if (_wholes.TryGetValue(node, out Value? output))
        {
            Alias(node.Output, output);
        }
        else
        {
            output = Define(node.Output);
        }

        var copied = new List<ConcatenationStep.Place>();
        int firstChannel = 0;
        foreach (string name in node.Inputs)
        {
            Value input = Computed(name);
            if (input.Whole != output)
            {
                copied.Add(new ConcatenationStep.Place(input, firstChannel));
            }

            firstChannel += input.Layout.Channels;
        }

        if (copied.Count > 0)
        {
            _steps.Add(new ConcatenationStep(copied, output));
        }

        return true;
    }

    /// <summary>Whether a node puts maps or vectors side by side along the channels.</summary>
    private bool JoinsChannels(Node node)
    {
        if (node.OperatorName != "Concat")
        {
            return false;
        }

        Shape shape = ShapeOf(node.Output);
        long axis = node.Attributes.Integer("axis", 1);
        return (axis < 0 ? axis + shape.Rank : axis) == 1 && (IsMap(shape) || IsVector(shape));
    }

    /// <summary>
    /// The channel of a concatenation that one of its inputs begins with; null where the input cannot be written there: what is no map, is not
    /// all whole vectors, or stands beside a constant.
    /// </summary>
    private int? PlaceIn(Node concatenation, string input)
    {
        Shape shape = ShapeOf(input);
        bool vectors = !IsMap(shape) || (shape[2] == 1 && shape[3] == 1);
        if (vectors || !JoinsChannels(concatenation) || concatenation.Inputs.Any(i => Constant(i) is not null))
        {
            return null;
        }

        int firstChannel = 0;
        foreach (string before in concatenation.Inputs.TakeWhile(i => i != input))
        {
            firstChannel += ShapeOf(before)[1];
        }

        return firstChannel % _kernels.Lanes == 0 && shape[1] % _kernels.Lanes == 0 ? firstChannel : null;
    }

    /// <summary>Leaves a node to its operator's plain computation, an output at a time.</summary>
    private void LowerToReference(Node node)
    {
        Operator known = OperatorSet.Find(node, _graph.OpsetVersion);
        var operands = node.Inputs.Select(name => name.Length == 0 ? null : new ReferenceOperand(
            _types.TryGetValue(name, out TensorType? type) ? type : throw new InvalidNetworkException($"the shape of '{name}' is not known"),
            Constant(name),
            Constant(name) is null ? Computed(name) : null)).ToArray();
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (_consumers.IsRead(node.Outputs[i]))
            {
                _steps.Add(new ReferenceStep(node, known, _graph.OpsetVersion, operands, i, Define(node.Outputs[i]), ShapeOf(node.Outputs[i])));
            }
        }
    }
}
