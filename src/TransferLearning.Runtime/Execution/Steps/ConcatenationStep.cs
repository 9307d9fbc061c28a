using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Execution.Steps;

/// <summary>Maps of one size side by side along the channels.</summary>
internal sealed unsafe class ConcatenationStep(IReadOnlyList<Value> inputs, Value output) : Step(output, [.. inputs])
{
    // An array: going over the interface would allocate an enumerator a pixel.
    private readonly Value[] _inputs = [.. inputs];

    public override string Description =>
        $"concatenation of {Inputs.Count} to {Output.Layout.Channels} channels on {Output.Layout.Height}x{Output.Layout.Width}";

    // Optimized at once, not when it has run for a while: the first images would take several times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        for (int y = from; y < to; y++)
        {
            float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride);
            for (int x = 0; x < layout.Width; x++, target += layout.PixelStride)
            {
                float* next = target;
                foreach (Value input in _inputs)
                {
                    float* source = workspace.Origins[input.Index] + ((nint)y * input.Layout.RowStride) + ((nint)x * input.Layout.PixelStride);
                    new ReadOnlySpan<float>(source, input.Layout.Channels).CopyTo(new Span<float>(next, input.Layout.Channels));
                    next += input.Layout.Channels;
                }
            }
        }
    }
}
