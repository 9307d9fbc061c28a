using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// Element-wise operation of two tensors that broadcast to each other, each at strides of its own, then an activation. Loops: run, element.
/// </summary>
internal sealed unsafe class StridedBinaryStep : Step, IDisposable
{
    private readonly BinaryOperation _operation;
    private readonly StridedOperand _left;
    private readonly StridedOperand _right;
    private readonly Activation _activation;
    private readonly StridedLoops _loops;

    /// <param name="operation">The operation.</param>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="output">The value that is written.</param>
    /// <param name="place">The output's layout from the value's first pixel on; its last axis has the stride 1.</param>
    /// <param name="activation">The activation to apply to the output.</param>
    public StridedBinaryStep(
        BinaryOperation operation, StridedOperand left, StridedOperand right, Value output, StridedLayout place, Activation activation)
        : base(output, [.. new[] { left.View?.Value, right.View?.Value }.OfType<Value>()])
    {
        (_operation, _left, _right, _activation) = (operation, left, right, activation);
        _loops = new StridedLoops(place, left.Layout.BroadcastTo(place.Shape), right.Layout.BroadcastTo(place.Shape));
        output.Freeze();
    }

    public override string Description => $"{_operation} on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}, strided";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override long WeightBytes => _left.ConstantBytes + _right.ConstantBytes;

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, 0, 1);

    public override void RunPart(Workspace workspace, int rows, int part, int parts) => Run(workspace, part, parts);

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    private void Run(Workspace workspace, int part, int parts)
    {
        float* left = _left.Origin(workspace), right = _right.Origin(workspace), output = workspace.Origins[Output.Index];
        (float minimum, float maximum) = _activation.ClampRange;
        int first = (int)((long)_loops.Runs * part / parts), end = (int)((long)_loops.Runs * (part + 1) / parts);
        int length = _loops.RunLength, leftStride = _loops.RunStride(1), rightStride = _loops.RunStride(2);
        for (int run = first; run < end; run++)
        {
            float* a = left + _loops.Offset(1, run), b = right + _loops.Offset(2, run), y = output + _loops.Offset(0, run);
            StridedArithmetic.Run(_operation, a, leftStride, b, rightStride, y, length, minimum, maximum);
            if (!_activation.IsClamp)
            {
                _activation.Apply(y, y, length);
            }
        }
    }
}
