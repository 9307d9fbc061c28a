using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Benchmarks.Training;

/// <summary>The last blocks of a vision transformer with random weights, from its tokens to the logits.</summary>
internal static class TransformerBlocks
{
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="tokens">The number of tokens, of which the first is the class token.</param>
    /// <param name="channels">The channels of a token.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>A graph whose input is a map with one row, [1, channels, 1, tokens].</returns>
    public static Graph Create(int blocks, int tokens, int channels, int heads, int classes)
    {
        var b = new GraphBuilder("transformer", 20, seed: 1);
        string x = Transpose(b, Reshape(b, b.Input("tokens", 1, channels, 1, tokens), 0, channels, tokens), 0, 2, 1);
        for (int i = 0; i < blocks; i++)
        {
            x = b.Add(x, Attention(b, LayerNormalization(b, x, channels), tokens, channels, heads));
            string hidden = b.Node("Gelu", [Linear(b, LayerNormalization(b, x, channels), channels, 4 * channels)]);
            x = b.Add(x, Linear(b, hidden, 4 * channels, channels));
        }

        x = Gather(b, LayerNormalization(b, x, channels), 0, axis: 1);
        return b.Output(b.Dense(x, classes), "logits").Build();
    }

    private static string Attention(GraphBuilder b, string x, int tokens, int channels, int heads)
    {
        int depth = channels / heads;
        string all = Transpose(b, Reshape(b, Linear(b, x, channels, 3 * channels), 0, tokens, 3, heads, depth), 2, 0, 3, 1, 4);
        string query = b.Node("Mul", [Gather(b, all, 0, axis: 0), b.Constant(Tensor.Scalar((float)(1 / Math.Sqrt(depth))))]);
        string scores = b.Node("MatMul", [query, Transpose(b, Gather(b, all, 1, axis: 0), 0, 1, 3, 2)]);
        string heard = b.Node("MatMul", [b.Node("Softmax", [scores], ("axis", -1L)), Gather(b, all, 2, axis: 0)]);
        return Linear(b, Reshape(b, Transpose(b, heard, 0, 2, 1, 3), 0, tokens, channels), channels, channels);
    }

    private static string Linear(GraphBuilder b, string x, int inputs, int outputs) =>
        b.Add(b.Node("MatMul", [x, b.RandomConstant(0, 0.02, inputs, outputs)]), b.RandomConstant(0, 0.02, outputs));

    private static string LayerNormalization(GraphBuilder b, string x, int channels) => b.Node(
        "LayerNormalization", [x, b.RandomConstant(1, 0.02, channels), b.RandomConstant(0, 0.02, channels)], ("axis", -1L));

    private static string Reshape(GraphBuilder b, string x, params long[] shape) =>
        b.Node("Reshape", [x, b.Constant(Tensor.Vector(shape))]);

    private static string Transpose(GraphBuilder b, string x, params ImmutableArray<long> order) =>
        b.Node("Transpose", [x], ("perm", order));

    private static string Gather(GraphBuilder b, string x, long index, long axis) =>
        b.Node("Gather", [x, b.Constant(Tensor.Scalar(index))], ("axis", axis));
}
