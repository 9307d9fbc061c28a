using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>A node to time, with the input [1, Channels, Height, Width] and shapes as image networks have them.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Channels">The channels of the input.</param>
/// <param name="Height">Its height.</param>
/// <param name="Width">Its width.</param>
/// <param name="Build">Adds the node.</param>
internal sealed record OperatorCase(string Name, int Channels, int Height, int Width, Func<GraphBuilder, string, string> Build)
{
    private const int Tokens = 196;
    private const int Features = 384;

    public static IEnumerable<OperatorCase> All { get; } =
    [
        .. new[] { "Exp", "Log", "Erf", "Gelu", "Sqrt", "Softplus", "Elu", "Mish", "Round", "Sin", "Atan" }
            .Select(name => OnMap(name, (b, x) => b.Node(name, [x]))),
        OnMap("Pow (square)", (b, x) => b.Node("Pow", [x, b.Constant(Tensor.Scalar(2f))])),
        OnMap("PRelu", (b, x) => b.Node("PRelu", [x, b.RandomConstant(0.2, 0.1, 64, 1, 1)])),
        OnMap("LRN", (b, x) => b.Node("LRN", [x], ("size", 5L))),
        OnMap("InstanceNormalization", (b, x) => b.Node(
            "InstanceNormalization", [x, b.RandomConstant(1, 0.1, 64), b.RandomConstant(0, 1, 64)])),
        OnMap("GroupNormalization", (b, x) => b.Node(
            "GroupNormalization", [x, b.RandomConstant(1, 0.1, 64), b.RandomConstant(0, 1, 64)], ("num_groups", 8L))),
        OnMap("Resize (linear)", (b, x) => b.Node("Resize", [x, "", "", Longs(b, 1, 64, 112, 112)], ("mode", "linear"))),
        OnMap("Resize (nearest)", (b, x) => b.Node("Resize", [x, "", "", Longs(b, 1, 64, 112, 112)])),
        OnMap("DepthToSpace", (b, x) => b.Node("DepthToSpace", [x], ("blocksize", 2L))),
        OnMap("Pad (reflect)", (b, x) => b.Node("Pad", [x, Longs(b, 0, 0, 3, 3, 0, 0, 3, 3)], ("mode", "reflect"))),
        OnMap("Slice", (b, x) => b.Node("Slice", [x, Longs(b, 3, 0), Longs(b, 53, 64), Longs(b, 2, 1), Longs(b, 1, 2)])),
        OnMap("Transpose to NHWC", (b, x) => b.Node("Transpose", [x], ("perm", List(0, 2, 3, 1)))),
        OnMap("ReduceMean over channels", (b, x) => b.Node("ReduceMean", [x, Longs(b, 1)])),
        OnTokens("Erf of tokens", (b, x) => b.Node("Erf", [x])),
        OnTokens("Gelu of tokens", (b, x) => b.Node("Gelu", [x])),
        OnTokens("Add of tokens and a row", (b, x) => b.Node("Add", [x, b.RandomConstant(0, 1, Features)])),
        OnTokens("Softmax", (b, x) => b.Node("Softmax", [x], ("axis", -1L))),
        OnTokens("LayerNormalization", (b, x) => b.Node(
            "LayerNormalization", [x, b.RandomConstant(1, 0.1, Features), b.RandomConstant(0, 1, Features)])),
        OnTokens("ReduceMean of rows", (b, x) => b.Node("ReduceMean", [x, Longs(b, 2)])),
        OnTokens("ReduceMax of columns", (b, x) => b.Node("ReduceMax", [x, Longs(b, 1)])),
        OnTokens("Transpose of heads", (b, x) => b.Node(
            "Transpose", [b.Node("Reshape", [x, Longs(b, Tokens, 6, 64)])], ("perm", List(1, 0, 2)))),
        OnTokens("Transpose of a matrix", (b, x) => b.Node("Transpose", [b.Node("Reshape", [x, Longs(b, Tokens, Features)])])),
        OnTokens("MatMul by a constant", (b, x) => b.Node("MatMul", [x, b.RandomConstant(0, 1, Features, Features)])),
        OnTokens("MatMul of heads", (b, x) =>
        {
            string heads = b.Node("Reshape", [x, Longs(b, 6, Tokens, 64)]);
            return b.Node("MatMul", [heads, b.RandomConstant(0, 1, 6, 64, Tokens)]);
        }),
        OnTokens("Einsum", (b, x) => b.Node(
            "Einsum",
            [b.Node("Reshape", [x, Longs(b, 6, Tokens, 64)]), b.RandomConstant(0, 1, 6, Tokens, 64)],
            ("equation", "hid,hjd->hij"))),
        OnTokens("Gather of tokens", (b, x) => b.Node(
            "Gather", [x, b.Constant(Tensor.Vector([.. Enumerable.Range(0, 98).Select(i => i * 2L)]))], ("axis", 1L))),
        OnTokens("Slice of tokens", (b, x) => b.Node("Slice", [x, Longs(b, 1), Longs(b, 196), Longs(b, 1)])),
        OnTokens("Concat of tokens", (b, x) => b.Node("Concat", [b.RandomConstant(0, 1, 1, 1, Features), x], ("axis", 1L))),
        OnTokens("Expand", (b, x) => b.Node("Expand", [x, Longs(b, 4, Tokens, Features)])),
        OnTokens("Tile", (b, x) => b.Node("Tile", [x, Longs(b, 1, 2, 2)])),
        OnTokens("Where", (b, x) => b.Node(
            "Where", [b.Node("Greater", [x, b.Constant(Tensor.Scalar(0f))]), x, b.Constant(Tensor.Scalar(1f))])),
        OnTokens("ScatterND", (b, x) => b.Node(
            "ScatterND", [x, b.Constant(Tensor.Create(new Shape(2, 2), [0L, 3, 0, 90])), b.RandomConstant(0, 1, 2, Features)])),
        OnTokens("TopK", (b, x) => b.Nodes("TopK", [x, Longs(b, 8)], 2, ("axis", -1L))[0]),
    ];

    private static OperatorCase OnMap(string name, Func<GraphBuilder, string, string> build) =>
        new($"{name}, [1,64,56,56]", 64, 56, 56, build);

    /// <summary>A node on [1, 196, 384]; giving the input this shape is counted for neither.</summary>
    private static OperatorCase OnTokens(string name, Func<GraphBuilder, string, string> build) => new(
        $"{name}, [1,{Tokens},{Features}]",
        Features,
        Tokens,
        1,
        (b, x) => build(b, b.Node("Reshape", [x, Longs(b, 1, Tokens, Features)])));

    private static string Longs(GraphBuilder b, params long[] values) => b.Constant(Tensor.Vector(values));

    private static ImmutableArray<long> List(params long[] values) => [.. values];
}
