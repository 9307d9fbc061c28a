using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Pooling;
using TransferLearning.Runtime.Operators.Reduction;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pooling;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>Pooling.</content>
internal sealed partial class GraphLowering
{
    private bool LowerPooling(Node node)
    {
        if (!IsMap(ShapeOf(node.Inputs[0])) || node.Outputs.Skip(1).Any(_consumers.IsRead))
        {
            return false;
        }

        Value input = Computed(node.Inputs[0]);
        SpatialWindow window = PoolOperator.WindowOf(node, ShapeOf(node.Inputs[0]));
        _steps.Add(new PoolingStep(
            _kernels,
            input,
            DefineInPlace(node.Output),
            Window.Of(window),
            PoolingStep.KindOf(node),
            window.Vertical.Input + window.Vertical.PadEnd,
            window.Horizontal.Input + window.Horizontal.PadEnd));
        return true;
    }

    /// <summary>Lowers the mean over all axes of tokens but the last.</summary>
    private bool LowerMeanOfTokens(Node node)
    {
        string input = node.Inputs[0];
        Shape shape = ShapeOf(input);
        if (!IsTokens(input) || HasFactor(input) || !IsFloat(input) || shape.Rank < 3 || shape[0] != 1
            || !ReducedAxes.Of(CallOf(node)).Order().SequenceEqual(Enumerable.Range(1, shape.Rank - 2)))
        {
            return false;
        }

        Value tokens = TokensOf(input);
        int count = tokens.Layout.Height * tokens.Layout.Width;
        _steps.Add(new GlobalPoolingStep(tokens, DefineTokens(node.Output), PoolingKind.Average, count));
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
}
