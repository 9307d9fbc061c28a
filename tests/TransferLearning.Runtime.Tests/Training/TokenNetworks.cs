using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Training;

/// <summary>Parts of transformers, as exporters write them.</summary>
internal static class TokenNetworks
{
    /// <summary>A map [1, channels, height, width] as tokens [1, pixels, channels].</summary>
    public static string ToTokens(this GraphBuilder b, string map, int channels, int pixels) =>
        b.Transpose(b.Reshape(map, 1, channels, pixels), 0, 2, 1);

    public static string Transpose(this GraphBuilder b, string x, params ImmutableArray<long> order) =>
        b.Node("Transpose", [x], ("perm", order));

    public static string Reshape(this GraphBuilder b, string x, params long[] shape) =>
        b.Node("Reshape", [x, b.Constant(Tensor.Vector(shape))]);

    public static string Slice(this GraphBuilder b, string x, long axis, long from, long to) => b.Node(
        "Slice",
        [x, b.Constant(Tensor.Vector(from)), b.Constant(Tensor.Vector(to)), b.Constant(Tensor.Vector(axis))]);

    /// <summary>A product with weights, and a bias.</summary>
    public static string Linear(this GraphBuilder b, string x, int inputs, int outputs) => b.Add(
        b.Node("MatMul", [x, b.RandomConstant(0, 1 / Math.Sqrt(inputs), inputs, outputs)]), b.RandomConstant(0, 0.1, outputs));

    public static string LayerNormalization(this GraphBuilder b, string x, int channels) => b.Node(
        "LayerNormalization", [x, b.RandomConstant(1, 0.2, channels), b.RandomConstant(0, 0.2, channels)], ("axis", -1L));

    /// <summary>Attention of several heads over tokens [1, tokens, channels].</summary>
    public static string Attention(this GraphBuilder b, string x, int tokens, int channels, int heads)
    {
        int depth = channels / heads;
        string all = b.Reshape(b.Linear(x, channels, 3 * channels), 1, tokens, 3, heads, depth);
        all = b.Transpose(all, 2, 0, 3, 1, 4);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => b.Node("Gather", [all, b.Constant(Tensor.Scalar((long)i))], ("axis", 0L)))];
        string query = b.Node("Mul", [parts[0], b.Constant(Tensor.Scalar((float)(1 / Math.Sqrt(depth))))]);
        string scores = b.Node("MatMul", [query, b.Transpose(parts[1], 0, 1, 3, 2)]);
        string probabilities = b.Node("Softmax", [scores], ("axis", -1L));
        string heard = b.Transpose(b.Node("MatMul", [probabilities, parts[2]]), 0, 2, 1, 3);
        return b.Linear(b.Reshape(heard, 1, tokens, channels), channels, channels);
    }

    /// <summary>A block of a vision transformer: attention and two dense layers, each added to its input.</summary>
    public static string TransformerBlock(this GraphBuilder b, string x, int tokens, int channels, int heads)
    {
        x = b.Add(x, b.Attention(b.LayerNormalization(x, channels), tokens, channels, heads));
        string hidden = b.Node("Gelu", [b.Linear(b.LayerNormalization(x, channels), channels, 2 * channels)]);
        return b.Add(x, b.Linear(hidden, 2 * channels, channels));
    }

    /// <summary>A vision transformer of patches, with a class token and positions, to its class token.</summary>
    public static string VisionTransformer(this GraphBuilder b, string image, int side, int patch, int channels, int blocks)
    {
        int tokens = side / patch * (side / patch);
        string x = b.ToTokens(b.ConvWithBias(image, channels, patch, stride: patch, pad: 0), channels, tokens);
        x = b.Concat(b.RandomConstant(0, 0.5, 1, 1, channels), x);
        x = b.Add(x, b.RandomConstant(0, 0.5, 1, tokens + 1, channels));
        for (int i = 0; i < blocks; i++)
        {
            x = b.TransformerBlock(x, tokens + 1, channels, heads: 2);
        }

        x = b.LayerNormalization(x, channels);
        return b.Node("Gather", [x, b.Constant(Tensor.Scalar(0L))], ("axis", 1L));
    }
}
