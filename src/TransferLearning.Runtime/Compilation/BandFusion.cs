using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Bands;
using TransferLearning.Runtime.Steps.Convolution;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Steps.Pooling;

namespace TransferLearning.Runtime.Compilation;

/// <summary>
/// Finds chains of steps that run fastest band by band: a depthwise convolution with the convolutions before and after it, a convolution
/// whose output is too large for the cache with the pooling after it, or a normalization whose output is too large with the convolution
/// after it. No other step reads the values in between.
/// </summary>
internal static class BandFusion
{
    /// <summary>
    /// The maximum size of a band's buffers, in floats: 384 KB, which fit beside the weights in a typical second-level cache.
    /// </summary>
    private const long Budget = 96 * 1024;

    public static IReadOnlyList<Step> Fuse(IReadOnlyList<Step> steps, Value output)
    {
        var readers = new Dictionary<Value, int> { [output.Whole ?? output] = 1 };
        foreach (Value input in steps.SelectMany(static s => s.Inputs))
        {
            Value read = input.Whole ?? input;
            readers[read] = readers.GetValueOrDefault(read) + 1;
        }

        var fused = new List<Step>();
        for (int i = 0; i < steps.Count; i++)
        {
            var chain = new List<Step> { steps[i] };
            while (i + 1 < steps.Count && Links(chain, steps[i + 1], readers))
            {
                chain.Add(steps[++i]);
            }

            fused.AddRange(chain switch
            {
                [ConvolutionStep expansion, DepthwiseStep filter] when RunsByChannels(chain) => [new ChannelBandStep(expansion, filter)],
                { Count: > 1 } when chain.Exists(static s => s is DepthwiseStep or PoolingStep or AffineStep) =>
                    [new BandStep(chain, Budget)],
                _ => chain,
            });
        }

        return fused;
    }

    private static bool Links(List<Step> chain, Step next, Dictionary<Value, int> readers)
    {
        Value between = chain[^1].Output;
        bool feeds = next.Inputs[0] == between && readers.GetValueOrDefault(between) == 1 && !between.Layout.IsVector;

        // The scratch memory holds a band's buffers, so no step of a band can use it.
        bool leavesScratch = chain[^1].ScratchLength == 0 && next.ScratchLength == 0;
        return feeds && leavesScratch && (next, chain[^1]) switch
        {
            (DepthwiseStep, ConvolutionStep) => chain.Count == 1,
            (ConvolutionStep { IsPointwise: true }, DepthwiseStep) => !RunsByChannels(chain),
            (ConvolutionStep { IsPointwise: true }, AffineStep) => chain.Count == 1 && between.Layout.Length > Budget,
            (PoolingStep, ConvolutionStep) => chain.Count == 1 && between.Layout.Length > Budget,
            _ => false,
        };
    }

    /// <summary>Whether a chain runs by blocks of channels rather than by bands of rows.</summary>
    private static bool RunsByChannels(List<Step> chain) =>
        chain is [ConvolutionStep { IsPointwise: true } expansion, DepthwiseStep filter] && ChannelBandStep.Suits(expansion, filter);
}
