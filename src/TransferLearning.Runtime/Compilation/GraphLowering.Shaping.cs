using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Shaping;
using TransferLearning.Runtime.Operators.Slicing;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Shaping;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Changes of shape.</content>
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
}
