using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>Softmax over the channels of each pixel.</summary>
internal sealed unsafe class SoftmaxStep(Value input, Value output) : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"softmax over {Output.Layout.Channels} channels";

    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        for (int y = from; y < to; y++)
        {
            for (int x = 0; x < layout.Width; x++)
            {
                float* source = workspace.Origins[_input.Index]
                    + ((nint)y * _input.Layout.RowStride) + ((nint)x * _input.Layout.PixelStride);
                float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride) + ((nint)x * layout.PixelStride);
                Elementwise.Softmax(source, target, layout.Channels);
            }
        }
    }
}
