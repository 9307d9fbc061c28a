using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Building;

namespace TransferLearning.Tests;

/// <summary>
/// Two convolutions with random weights, enough to tell colors apart. A report runs the network on hundreds of images for its occlusion
/// maps: without vector instructions that takes longer than all else in its test.
/// </summary>
internal static class TinyBackbone
{
    private static readonly Lazy<Backbone> Built = new(Build);

    public static Backbone Value => Built.Value;

    public static TransferPipeline<TResult> WithTinyBackbone<TResult>(this TransferPipeline<TResult> pipeline) =>
        pipeline.WithBackbone(Value);

    private static Backbone Build()
    {
        const int side = 32;
        var b = new GraphBuilder("tiny", opset: 13, seed: 1);
        string x = b.Relu(b.ConvWithBias(b.Input("input", 1, 3, side, side), 16, 3, 2));
        x = b.Relu(b.ConvWithBias(x, 32, 3, 2));
        return Backbone.FromGraph(
            "tiny",
            b.Output(b.Flatten(b.GlobalAveragePool(x)), "features").Build(),
            new BackboneOptions { Normalization = PixelNormalization.Inception });
    }
}
