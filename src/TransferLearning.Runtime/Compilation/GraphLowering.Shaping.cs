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

        string input = node.Inputs[0];
        if (!IsTokens(input))
        {
            Alias(node.Output, Computed(input));
        }
        else if (_tokens.TryGetValue(input, out Value? tokens))
        {
            _tokens.Add(node.Output, tokens);
        }
        else
        {
            _views.Add(node.Output, ViewOf(input));
        }

        return true;
    }

    /// <summary>
    /// Lowers a change of shape that keeps the order of the elements. Without a map of several pixels on either side, or with the same map
    /// on both, that is the same memory; a map flattened in NCHW order is a step.
    /// </summary>
    private bool LowerReshape(Node node)
    {
        string name = node.Inputs[0];
        Shape from = ShapeOf(name), to = ShapeOf(node.Output);
        bool isFlat = _values.ContainsKey(name) || IsCanonical(name);
        if (!isFlat || (IsMap(from) && !IsPixel(from) && to.Rank > 2 && !from.Equals(to)) || (!IsMap(from) && IsMap(to) && !IsPixel(to)))
        {
            return IsFloat(name) && LowerViewReshape(node);
        }

        Value input = Computed(name);
        bool isFromMap = IsMap(from) && !IsPixel(from), isToMap = IsMap(to) && !IsPixel(to);
        if ((!isFromMap && !isToMap) || (IsMap(from) && from.Equals(to)))
        {
            Alias(node.Output, input);
            return true;
        }

        _steps.Add(new FlattenStep(input, Define(node.Output)));
        return true;
    }
}
