using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Pooling;
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
