namespace TransferLearning.Runtime.Steps.Shaping;

/// <summary>A map as one vector in the order of its NCHW shape: channel by channel.</summary>
internal sealed unsafe class FlattenStep(Value input, Value output) : Step(output, input)
{
    private readonly Value _input = input;

    public override string Description => $"flatten {_input.Layout.Height}x{_input.Layout.Width}x{_input.Layout.Channels}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override void RunRows(Workspace workspace, int from, int to)
    {
        float* target = workspace.Origins[Output.Index];
        MapCopy.ToNchw(_input.Layout, workspace.Origins[_input.Index], new Span<float>(target, Output.Layout.Channels));
    }
}
