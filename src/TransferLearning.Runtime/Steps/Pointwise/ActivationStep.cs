namespace TransferLearning.Runtime.Steps.Pointwise;

/// <summary>An activation function that is not fused into the step before it.</summary>
internal sealed unsafe class ActivationStep(Value input, Value output, Activation activation) : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"{activation.Kind} on {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public override bool CanLimitRows => true;

    public override int RowsRead(int input, int rows) => RowsOfSameHeight(Inputs[input], rows);

    public override void RunRows(Workspace workspace, int from, int to)
    {
        for (int y = from; y < to; y++)
        {
            activation.Apply(
                workspace.Origins[_input.Index] + ((nint)y * _input.Layout.RowStride),
                workspace.Origins[Output.Index] + ((nint)y * Output.Layout.RowStride),
                Output.Layout.Width * Output.Layout.PixelStride);
        }
    }
}
