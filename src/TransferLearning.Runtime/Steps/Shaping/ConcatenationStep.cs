using System.Runtime.CompilerServices;

namespace TransferLearning.Runtime.Steps.Shaping;

/// <summary>
/// Copies maps of the same size side by side into the channels of another: those that are not parts of it from the start.
/// </summary>
internal sealed unsafe class ConcatenationStep(IReadOnlyList<ConcatenationStep.Place> inputs, Value output)
    : Step(output, [.. inputs.Select(static i => i.Input)])
{
    // An array: enumerating the interface would allocate one enumerator per pixel.
    private readonly Place[] _places = [.. inputs];

    public override string Description =>
        $"concatenation of {Inputs.Count} to {Output.Layout.Channels} channels on {Output.Layout.Height}x{Output.Layout.Width}";

    // Optimized from the first call on: with tiered compilation, the first images would take several times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void RunRows(Workspace workspace, int from, int to)
    {
        FeatureMapLayout layout = Output.Layout;
        for (int y = from; y < to; y++)
        {
            float* target = workspace.Origins[Output.Index] + ((nint)y * layout.RowStride);
            for (int x = 0; x < layout.Width; x++, target += layout.PixelStride)
            {
                foreach (Place place in _places)
                {
                    FeatureMapLayout input = place.Input.Layout;
                    float* source = workspace.Origins[place.Input.Index] + ((nint)y * input.RowStride) + ((nint)x * input.PixelStride);
                    new ReadOnlySpan<float>(source, input.Channels).CopyTo(new Span<float>(target + place.FirstChannel, input.Channels));
                }
            }
        }
    }

    /// <summary>A map, and the channel of the output for the first of its channels.</summary>
    internal readonly record struct Place(Value Input, int FirstChannel);
}
