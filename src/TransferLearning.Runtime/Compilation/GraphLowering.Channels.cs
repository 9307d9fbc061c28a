using TransferLearning.Runtime.Compilation.Channels;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Shaping;
using TransferLearning.Runtime.Steps.Winograd;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Concatenations and selections of channels.</content>
internal sealed partial class GraphLowering
{
    /// <summary>
    /// Lowers a node that selects channels of a map by constants (Split, Slice, Gather) to a selection, which steps read in place where
    /// they can.
    /// </summary>
    private bool LowerSelection(Node node)
    {
        if (!SelectsChannels(node) || !IsComputed(node.Inputs[0]) || IsTokens(node.Inputs[0]))
        {
            return false;
        }

        // The node's own definition, applied to the numbers of the channels, says which it selects.
        Shape map = ShapeOf(node.Inputs[0]);
        long[] numbers = [.. Enumerable.Range(0, map[1]).Select(static c => (long)c)];
        var channels = Tensor.Create(new Shape(1, map[1], 1, 1), numbers);
        var operand = new Operand(new TensorType(channels.Type, channels.Shape), channels);
        var call = new OperatorCall(node, _graph.OpsetVersion, CallOf(node).Operands.SetItem(0, operand));
        Tensor[] selected = OperatorSet.Find(node, _graph.OpsetVersion).Evaluate(call);
        ChannelSelection source = SelectionOf(node.Inputs[0]);
        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (_consumers.IsRead(node.Outputs[i]))
            {
                _selections.Add(node.Outputs[i], source.Select(Array.ConvertAll(selected[i].Values<long>().ToArray(), static c => (int)c)));
            }
        }

        return true;
    }

    /// <summary>Whether a node selects some channels of a map, which constants give, and leaves height and width as they are.</summary>
    private bool SelectsChannels(Node node)
    {
        if (node.OperatorName is not ("Gather" or "Slice" or "Split") || !IsMap(ShapeOf(node.Inputs[0]))
            || TypeOf(node.Inputs[0]).Element != ElementType.Float32
            || node.Inputs.Skip(1).Any(i => i.Length > 0 && Constant(i) is null)
            || node.Outputs.Any(o => o.Length > 0 && !IsMap(ShapeOf(o))))
        {
            return false;
        }

        OperatorCall call = CallOf(node);
        long[] axes = node.OperatorName == "Slice" ? call.Integers("axes", 3) ?? [0] : [node.Attributes.Integer("axis", 0)];
        return axes is [{ } axis] && call.Axis(axis, 4) == 1;
    }

    /// <summary>The channels of a value that an earlier step computes.</summary>
    private ChannelSelection SelectionOf(string name) =>
        _selections.TryGetValue(name, out ChannelSelection? selection) && !_values.ContainsKey(name)
            ? selection
            : ChannelSelection.Range(Computed(name), 0, ShapeOf(name)[1]);

    /// <summary>Copies selected channels to a value of their own.</summary>
    private Value Copied(string name, ChannelSelection selection)
    {
        Value copy = Define(name);
        _steps.Add(new ChannelCopyStep([new ChannelCopyStep.Source(selection.Source, selection.Channels, 0)], copy));
        return copy;
    }

    private bool LowerConcatenation(Node node)
    {
        if (!JoinsChannels(node) || node.Inputs.Any(i => !IsComputed(i)))
        {
            return LowerTokenConcatenation(node);
        }

        if (!_joints.TryGetValue(node, out Joint? joint))
        {
            joint = new Joint(node, Places(node, padded: false));
        }

        Value whole = WholeOf(joint);
        var copied = new List<ChannelCopyStep.Source>();
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            if (joint.Fill(i))
            {
                ChannelSelection input = SelectionOf(node.Inputs[i]);
                copied.Add(new ChannelCopyStep.Source(input.Source, input.Channels, joint.Places[i]));
            }
        }

        if (copied.Count > 0)
        {
            _steps.Add(new ChannelCopyStep(copied, whole));
        }

        if (!joint.IsPadded && node.Inputs.Length == joint.Concatenation.Inputs.Length)
        {
            Alias(node.Output, whole);
            return true;
        }

        IEnumerable<int> channels = node.Inputs.SelectMany((input, i) => Enumerable.Range(joint.Places[i], ShapeOf(input)[1]));
        _selections.Add(node.Output, new ChannelSelection(whole, [.. channels]));
        return true;
    }

    /// <summary>Whether a node joins maps or vectors along the channels.</summary>
    private bool JoinsChannels(Node node)
    {
        if (node.OperatorName != "Concat" || ConcatOperator.AxisOf(CallOf(node)) != 1)
        {
            return false;
        }

        Shape shape = ShapeOf(node.Output);
        return IsMap(shape) || IsVector(shape);
    }

    /// <summary>Finds the concatenations of maps of several pixels, and those of them that others begin with.</summary>
    private void FindJoints()
    {
        IEnumerable<Node> concatenations = _graph.Nodes
            .Where(n => n.OperatorName == "Concat" && JoinsChannels(n) && IsMap(ShapeOf(n.Output)) && !IsPixel(ShapeOf(n.Output))
                && !n.Inputs.Any(i => Constant(i) is not null))
            .OrderByDescending(static n => n.Inputs.Length);
        var joints = new List<Joint>();
        foreach (Node node in concatenations)
        {
            Joint? joint = joints.Find(j => !j.IsPadded && j.StartsWith(node));
            if (joint is null)
            {
                bool padded = Places(node, padded: false).Any(place => place % _kernels.Lanes != 0)
                    && !_consumers.IsOutput(node.Output) && _consumers.Of(node.Output).All(ReadsSelections);
                joint = new Joint(node, Places(node, padded)) { IsPadded = padded };
                joints.Add(joint);
            }
            else
            {
                joint.HasPrefixes = true;
            }

            _joints.Add(node, joint);
        }
    }

    /// <summary>The first channel of each input of a concatenation, and the number of channels.</summary>
    private int[] Places(Node concatenation, bool padded)
    {
        int[] places = new int[concatenation.Inputs.Length + 1];
        for (int i = 0; i < concatenation.Inputs.Length; i++)
        {
            // Values other than maps are vectors of all their elements.
            Shape shape = ShapeOf(concatenation.Inputs[i]);
            int channels = IsMap(shape) ? shape[1] : shape.Length;
            places[i + 1] = places[i] + (padded ? _kernels.WholeVectors(channels) : channels);
        }

        return places;
    }

    private Value WholeOf(Joint joint)
    {
        if (joint.Whole is null)
        {
            string name = joint.Concatenation.Output;
            int channels = joint.Places[^1];
            FeatureMapLayout layout = LayoutOf(TypeOf(name)) with { Channels = channels, PixelStride = _kernels.PixelStride(channels) };
            joint.Whole = new Value(_valueCount++, name, layout);
        }

        return joint.Whole;
    }

    /// <summary>
    /// Defines the output of a step that writes whole vectors of its own channels and no others. The step writes it directly to its place
    /// in a concatenation where possible: where nothing else reads it, or what does can read it there.
    /// </summary>
    private Value DefineInPlace(string name)
    {
        if (PlaceOf(name) is not { } place)
        {
            return Define(name);
        }

        Value whole = WholeOf(place.Joint);
        int first = place.Joint.Places[place.Input], channels = ShapeOf(name)[1];
        place.Joint.Fill(place.Input);
        _selections.Add(name, ChannelSelection.Range(whole, first, channels));
        return whole.AddPart(_valueCount++, name, first, channels);
    }

    /// <summary>
    /// The place in a concatenation that a value can be written to; null where it cannot, as it is no map of several pixels, does not begin
    /// and end with whole vectors, is joined with a constant, or must be whole for what else reads it.
    /// </summary>
    private (Joint Joint, int Input)? PlaceOf(string name)
    {
        Shape shape = ShapeOf(name);
        IReadOnlyList<Node> readers = _consumers.Of(name);
        if (!IsMap(shape) || IsPixel(shape) || _consumers.IsOutput(name)
            || readers.Select(r => _joints.GetValueOrDefault(r)).FirstOrDefault(j => j is not null) is not { } joint
            || joint.Concatenation.Inputs.Count(i => i == name) != 1)
        {
            return null;
        }

        bool areReadersSuited = readers.All(r =>
            _joints.TryGetValue(r, out Joint? other) ? other == joint : joint.HasPrefixes && ReadsSelections(r));
        int input = joint.Concatenation.Inputs.IndexOf(name);
        bool isAligned = joint.IsPadded || (joint.Places[input] % _kernels.Lanes == 0 && shape[1] % _kernels.Lanes == 0);
        return areReadersSuited && isAligned ? (joint, input) : null;
    }

    /// <summary>Whether a node reads channels that are selected from a value, or a part of it, in place.</summary>
    private bool ReadsSelections(Node reader) => reader.OperatorName switch
    {
        "Conv" => ConvOperator.GroupsOf(reader) == 1 && WeightsOf(reader) is { } weights && !RunsWinograd(reader, weights),
        "BatchNormalization" => true,
        _ => SelectsChannels(reader),
    };

    private bool RunsWinograd(Node convolution, Tensor weights) => ConvOperator.GroupsOf(convolution) == 1
        && WinogradStep.Supports(WindowOf(convolution, weights), weights.Shape[1], weights.Shape[0]);
}
