using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>
/// A function of each element on its own that is no <see cref="Activation"/>: the vectorized definition of its operator, run in the layout
/// that the values have.
/// </summary>
internal sealed unsafe class ElementFunctionStep(Node node, ElementFunction function, Value input, Value output)
    : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"{node.OperatorName} '{node.DisplayName}'";

    public override void RunRows(Workspace workspace, int from, int to)
    {
        int length = Output.Layout.Width * Output.Layout.PixelStride;
        for (int y = from; y < to; y++)
        {
            Apply(workspace, y, 0, length);
        }
    }

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        if (rows != 1)
        {
            base.RunPart(workspace, rows, part, parts);
            return;
        }

        // A value that is no map is one row, however long.
        int length = Output.Layout.Width * Output.Layout.PixelStride;
        int from = (int)((long)length * part / parts), to = (int)((long)length * (part + 1) / parts);
        Apply(workspace, 0, from, to - from);
    }

    private void Apply(Workspace workspace, int y, int start, int length)
    {
        float* source = workspace.Origins[_input.Index] + ((nint)y * _input.Layout.RowStride) + start;
        float* target = workspace.Origins[Output.Index] + ((nint)y * Output.Layout.RowStride) + start;
        function.Apply(new ReadOnlySpan<float>(source, length), new Span<float>(target, length));
    }
}
