using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Changes of shape, and concatenations.</content>
internal sealed partial class GraphLowering
{
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

    /// <summary>
    /// Lowers a change of shape that keeps the order of the elements. Without a map of several pixels on either side, or with the same map
    /// on both, that is the same memory; a map flattened in NCHW order is a step.
    /// </summary>
    private bool LowerReshape(Node node)
    {
        Shape from = ShapeOf(node.Inputs[0]), to = ShapeOf(node.Output);
        Value input = Computed(node.Inputs[0]);
        bool isFromMap = IsMap(from) && !IsPixel(from), isToMap = IsMap(to) && !IsPixel(to);
        if ((!isFromMap && !isToMap) || (IsMap(from) && from.Equals(to)))
        {
            Alias(node.Output, input);
            return true;
        }

        if (isToMap)
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

    /// <summary>
    /// The first channel of a concatenation's output that one of its inputs goes to; null where the input cannot be written there directly,
    /// as it is no map of several pixels, does not begin and end with whole vectors, or is joined with a constant.
    /// </summary>
    private int? PlaceIn(Node concatenation, string input)
    {
        Shape shape = ShapeOf(input);
        if (!IsMap(shape) || IsPixel(shape) || !JoinsChannels(concatenation) || concatenation.Inputs.Any(i => Constant(i) is not null))
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
}
