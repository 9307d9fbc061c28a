using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Layers;
using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Lowering;

/// <content>Arithmetic, activations and changes of shape.</content>
internal sealed partial class TrainingLowering
{
    private bool LowerActivation(Node node)
    {
        if (_activations.Of(node) is not { } activation || !ActivationFunctions.HaveGradient(activation.Kind))
        {
            return false;
        }

        string input = node.Inputs[0];
        if (IsTokens(input))
        {
            Keep(_rows, node.Output, Activated(node.Output, RowsOf(input), activation));
            return true;
        }

        Keep(_maps, node.Output, Activated(node.Output, Computed(input), activation));
        return true;
    }

    private bool LowerAddition(Node node)
    {
        if (node.Inputs.Any(IsTokens))
        {
            return LowerTokenArithmetic(node);
        }

        if (node.Inputs.Any(i => _graph.Initializers.ContainsKey(i)))
        {
            return LowerChannelAffine(node);
        }

        Shape shape = ShapeOf(node.Output);
        if (node.Inputs.Length != 2 || node.Inputs.Any(i => !ShapeOf(i).Equals(shape)))
        {
            return false;
        }

        BatchMap a = Computed(node.Inputs[0]), b = Computed(node.Inputs[1]);
        string name = node.Output;
        Activation clamp = Activation.None;
        if (_activations.After(name) is { Activation.IsClamp: true } after)
        {
            clamp = after.Activation;
            _fused.UnionWith(after.Nodes);
            name = after.Nodes[^1].Output;
        }

        BatchMap sum = DefineStored(name, LayoutOf(shape), a.NeedsGradient || b.NeedsGradient);
        Add(new AdditionLayer(node.DisplayName, a, b, sum, clamp));
        if (clamp == Activation.None)
        {
            Bind(name, sum);
        }
        else
        {
            Keep(_maps, name, sum);
        }

        return true;
    }

    private bool LowerMultiplication(Node node)
    {
        if (node.Inputs.Any(IsTokens))
        {
            return LowerTokenArithmetic(node);
        }

        if (node.Inputs.Any(i => _graph.Initializers.ContainsKey(i)))
        {
            return LowerChannelAffine(node);
        }

        Shape shape = ShapeOf(node.Output);
        int map = ShapeOf(node.Inputs[0]).Equals(shape) ? 0 : 1;
        Shape factor = ShapeOf(node.Inputs[1 - map]);
        bool isGate = IsMap(factor) && IsMap(shape) && factor[1] == shape[1] && factor[2] == 1 && factor[3] == 1;
        if (!ShapeOf(node.Inputs[map]).Equals(shape) || (!isGate && !factor.Equals(shape)))
        {
            return false;
        }

        BatchMap a = Computed(node.Inputs[map]), b = Computed(node.Inputs[1 - map]);
        BatchMap product = DefineStored(node.Output, LayoutOf(shape), a.NeedsGradient || b.NeedsGradient);
        Add(new MultiplicationLayer(node.DisplayName, a, b, product));
        Bind(node.Output, product);
        return true;
    }

    /// <summary>Lowers arithmetic with one constant per channel, which training leaves as it is.</summary>
    private bool LowerChannelAffine(Node node)
    {
        if (node.Inputs.Any(IsTokens))
        {
            return LowerTokenArithmetic(node);
        }

        string? input = node.Inputs.FirstOrDefault(i => !_graph.Initializers.ContainsKey(i));
        if (input is null || !(IsMap(ShapeOf(input)) || IsVector(ShapeOf(input))) || !ShapeOf(input).Equals(ShapeOf(node.Output))
            || ChannelAffine.Of<double>(node, input, ShapeOf(input).Rank, ShapeOf(input)[1], Constant) is not { } affine)
        {
            return false;
        }

        BatchMap output = DefineDerived(node.Output, Computed(input), hasParameters: false);
        output.Derivation!.SetConstants(affine.Scale, affine.Bias);
        _result.Layers.Add(new ActivationLayer(node.DisplayName, output));
        Bind(node.Output, output);
        return true;
    }

    private bool LowerIdentity(Node node)
    {
        if (IsTokens(node.Inputs[0]))
        {
            return LowerView(node);
        }

        Bind(node.Output, Computed(node.Inputs[0]));
        return true;
    }

    private bool LowerDropout(Node node)
    {
        bool isTokens = IsTokens(node.Inputs[0]);
        if (node.Outputs.Skip(1).Any(_consumers.IsRead) || DropoutOperator.RatioOf(node, Constant) is not ({ } ratio and >= 0 and < 1))
        {
            return false;
        }

        BatchMap input = isTokens ? RowsOf(node.Inputs[0]) : Computed(node.Inputs[0]);
        BatchMap output = DefineStored(node.Output, input.Layout with { Top = 0, Left = 0, Bottom = 0, Right = 0 }, input.NeedsGradient);
        ulong seed = ((ulong)_options.Seed << 32) + (ulong)_result.Layers.Count;
        Add(new DropoutLayer(node.DisplayName, input, output, ratio, _result.Step, seed));
        if (isTokens)
        {
            BindRows(node.Output, output);
        }
        else
        {
            Bind(node.Output, output);
        }

        return true;
    }

    /// <summary>Lowers a change of shape that keeps the order of the elements.</summary>
    private bool LowerReshape(Node node)
    {
        Shape from = ShapeOf(node.Inputs[0]), to = ShapeOf(node.Output);
        bool isFromMap = IsMap(from) && (from[2] > 1 || from[3] > 1), isToMap = IsMap(to) && (to[2] > 1 || to[3] > 1);
        bool isFromVector = !isFromMap && (IsMap(from) || IsVector(from)), isToVector = !isToMap && (IsMap(to) || IsVector(to));
        if (IsTokens(node.Inputs[0]) || !(isToVector || from.Equals(to)))
        {
            return LowerView(node);
        }

        BatchMap input = Computed(node.Inputs[0]);
        if (isFromVector || from.Equals(to))
        {
            Bind(node.Output, input);
            return true;
        }

        BatchMap output = DefineStored(node.Output, LayoutOf(to), input.NeedsGradient);
        Add(new FlattenLayer(node.DisplayName, input, output));
        Bind(node.Output, output);
        return true;
    }

    private bool LowerConcatenation(Node node)
    {
        Shape shape = ShapeOf(node.Output);
        if (!(IsMap(shape) || IsVector(shape)) || ConcatOperator.AxisOf(CallOf(node)) != 1 || !node.Inputs.All(_maps.ContainsKey))
        {
            return LowerView(node);
        }

        BatchMap[] inputs = [.. node.Inputs.Select(Computed)];
        BatchMap output = DefineStored(node.Output, LayoutOf(shape), inputs.Any(i => i.NeedsGradient));
        Add(new ConcatenationLayer(node.DisplayName, output, inputs));
        Bind(node.Output, output);
        return true;
    }
}
