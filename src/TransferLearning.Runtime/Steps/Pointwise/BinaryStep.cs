using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>
/// Element-wise operation of two maps of the same size, or of a map and a vector that is applied to every pixel (squeeze and excite), then
/// an activation.
/// </summary>
internal sealed unsafe class BinaryStep(BinaryOperation operation, Value left, Value right, Value output, Activation activation)
    : Step(output, left, right)
{
    public override string Description => $"{operation} on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public override bool CanLimitRows => true;

    public override int RowsRead(int input, int rows) => RowsOfSameHeight(Inputs[input], rows);

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        (float minimum, float maximum) = activation.ClampRange;
        for (int y = from; y < to; y++)
        {
            float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride);
            if (SameSize(left) && SameSize(right))
            {
                int length = layout.Width * layout.PixelStride;
                Elementwise.Binary(operation, Row(workspace, left, y), Row(workspace, right, y), target, length, minimum, maximum);
            }
            else
            {
                for (int x = 0; x < layout.Width; x++)
                {
                    float* a = Pixel(workspace, left, y, x), b = Pixel(workspace, right, y, x);
                    Elementwise.Binary(operation, a, b, target + ((nint)x * layout.PixelStride), layout.PixelStride, minimum, maximum);
                }
            }

            if (!activation.IsClamp)
            {
                activation.Apply(target, target, layout.Width * layout.PixelStride);
            }
        }
    }

    private bool SameSize(Value value) => value.Layout.Height == Output.Layout.Height && value.Layout.Width == Output.Layout.Width;

    private float* Row(Workspace workspace, Value value, int y) =>
        workspace.Origins[value.Index] + (SameSize(value) ? (nint)y * value.Layout.RowStride : 0);

    private float* Pixel(Workspace workspace, Value value, int y, int x) =>
        Row(workspace, value, y) + (SameSize(value) ? (nint)x * value.Layout.PixelStride : 0);
}
