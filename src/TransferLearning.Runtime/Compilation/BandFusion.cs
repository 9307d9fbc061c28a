using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Bands;
using TransferLearning.Runtime.Steps.Convolution;
using TransferLearning.Runtime.Steps.Pooling;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// Finds chains of steps that run best band by band: a depthwise convolution with the pointwise convolutions before and after it, or a
/// convolution to a map too large for the cache with the pooling that follows it. Nothing else reads the values in between.
/// </summary>
internal static class BandFusion
{
    /// <summary>The floats that the buffers of a band may take: 384 KB, which a usual second-level cache holds beside the weights.</summary>
    private const long Budget = 96 * 1024;

    public static IReadOnlyList<Step> Fuse(IReadOnlyList<Step> steps, Value output)
    {
        var readers = new Dictionary<Value, int> { [output] = 1 };
        foreach (Value input in steps.SelectMany(static s => s.Inputs))
        {
            readers[input] = readers.GetValueOrDefault(input) + 1;
        }

        var fused = new List<Step>();
        for (int i = 0; i < steps.Count; i++)
        {
            var chain = new List<Step> { steps[i] };
            while (i + 1 < steps.Count && Links(chain, steps[i + 1], readers))
            {
                chain.Add(steps[++i]);
            }

            // Steps that are no chain gain nothing, nor does a chain that ends in its depthwise step, unless by blocks of channels.
            fused.AddRange(chain switch
            {
                [ConvolutionStep expansion, DepthwiseStep filter] when IsBlocks(chain) => [new ChannelBandStep(expansion, filter)],
                { Count: > 1 } when chain.Exists(static s => s is DepthwiseStep or PoolingStep) => [new BandStep(chain, Budget)],
                _ => chain,
            });
        }

        return fused;
    }

    private static bool Links(List<Step> chain, Step next, Dictionary<Value, int> readers)
    {
        Value between = chain[^1].Output;
        bool feeds = next.Inputs[0] == between && readers.GetValueOrDefault(between) == 1 && !between.Layout.IsVector;

        // A step that wants scratch memory would find a band's buffers there.
        bool leavesScratch = chain[^1].ScratchLength == 0 && next.ScratchLength == 0;
        return feeds && leavesScratch && (next, chain[^1]) switch
        {
            (DepthwiseStep, ConvolutionStep) => chain.Count == 1,
            (ConvolutionStep { IsPointwise: true }, DepthwiseStep) => !IsBlocks(chain),
            (PoolingStep, ConvolutionStep) => chain.Count == 1 && between.Layout.Length > Budget,
            _ => false,
        };
    }

    /// <summary>Whether a chain runs by blocks of channels rather than bands of rows.</summary>
    private static bool IsBlocks(List<Step> chain) =>
        chain is [ConvolutionStep { IsPointwise: true } expansion, DepthwiseStep filter] && ChannelBandStep.Suits(expansion, filter);
}
