using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using static TransferLearning.Runtime.Tests.Execution.SmallNetwork;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Builds small transformers, in the forms in which exporters write their layers.</summary>
internal sealed class TokenNetwork(int height, int width, int heads, int headChannels)
{
    private readonly SmallNetwork _n = new(3, height, width);

    public SmallNetwork Nodes => _n;

    public int Channels => heads * headChannels;

    /// <summary>An image as [1, tokens, channels], with a class token in front and a position embedding.</summary>
    public string Embedding(int patch, out int tokens)
    {
        int patches = height / patch * (width / patch);
        tokens = patches + 1;
        string x = _n.Conv("input", 3, Channels, patch, patch);
        x = Transpose(Reshape(x, 1, Channels, patches), 0, 2, 1);
        x = _n.Node("Concat", [_n.Weights(1, 1, Channels), x], ("axis", 1L));
        return _n.Node("Add", [x, _n.Weights(1, tokens, Channels)]);
    }

    public string Reshape(string x, params long[] shape) => _n.Node("Reshape", [x, _n.Constant(Tensor.Vector(shape))]);

    public string Transpose(string x, params long[] order) => _n.Node("Transpose", [x], ("perm", Longs(order)));

    public string Number(float value) => _n.Constant(Tensor.Scalar(value));

    public string Linear(string x, int from, int to) => _n.Node("Add", [_n.Node("MatMul", [x, _n.Weights(from, to)]), _n.Weights(to)]);

    /// <summary>Layer normalization as operator set 17 has it.</summary>
    public string Normalization(string x, int channels) =>
        _n.Node("LayerNormalization", [x, _n.Positive(channels), _n.Weights(channels)], ("epsilon", 1e-6f));

    /// <summary>Layer normalization in the nodes of older operator sets.</summary>
    public string WrittenNormalization(string x, int channels)
    {
        string centered = _n.Node("Sub", [x, Mean(x)]);
        string variance = Mean(_n.Node("Pow", [centered, Number(2)]));
        x = _n.Node("Div", [centered, _n.Node("Sqrt", [_n.Node("Add", [variance, Number(1e-6f)])])]);
        return _n.Node("Add", [_n.Node("Mul", [x, _n.Positive(channels)]), _n.Weights(channels)]);

        string Mean(string of) => _n.Node("ReduceMean", [of], ("axes", Longs(-1)));
    }

    /// <summary>GELU in the nodes of older operator sets.</summary>
    public string WrittenGelu(string x)
    {
        string erf = _n.Node("Erf", [_n.Node("Div", [x, Number(1.41421356f)])]);
        return _n.Node("Mul", [_n.Node("Mul", [x, _n.Node("Add", [erf, Number(1)])]), Number(0.5f)]);
    }

    /// <summary>A layer of two products with GELU between, and the residual.</summary>
    public string Perceptron(string x, string normalized) =>
        _n.Node("Add", [x, Linear(WrittenGelu(Linear(normalized, Channels, 3 * Channels)), 3 * Channels, Channels)]);

    /// <summary>
    /// Attention as PyTorch exports nn.MultiheadAttention: one product, tokens first, heads in the batch; then the residual.
    /// </summary>
    public string PackedAttention(string x, string normalized, int tokens)
    {
        string first = Transpose(normalized, 1, 0, 2);
        string all = Reshape(Linear(first, Channels, 3 * Channels), tokens, 1, 3, Channels);
        all = _n.Node("Squeeze", [Transpose(_n.Node("Unsqueeze", [all, Axes(0)]), 3, 1, 2, 0, 4), Axes(3)]);
        string q = Heads(0), k = Heads(1), v = Heads(2);
        q = _n.Node("Mul", [q, Number(1 / MathF.Sqrt(headChannels))]);
        string scores = _n.Node("Softmax", [_n.Node("MatMul", [q, Transpose(k, 0, 2, 1)])], ("axis", -1L));
        string joined = Reshape(Transpose(_n.Node("MatMul", [scores, v]), 1, 0, 2), tokens, Channels);
        joined = _n.Node("Gemm", [joined, _n.Weights(Channels, Channels), _n.Weights(Channels)], ("transB", 1L));
        return _n.Node("Add", [Transpose(Reshape(joined, tokens, 1, Channels), 1, 0, 2), x]);

        string Heads(int part)
        {
            string one = _n.Node("Gather", [all, _n.Constant(Tensor.Scalar((long)part))], ("axis", 0L));
            return Transpose(Reshape(one, tokens, heads, headChannels), 1, 0, 2);
        }
    }

    /// <summary>Attention with three products, as Hugging Face's models have it; then the residual.</summary>
    /// <param name="x">The residual.</param>
    /// <param name="normalized">What attends to itself.</param>
    /// <param name="tokens">The number of tokens.</param>
    /// <param name="mask">A constant or value that is added to the scores; null for none.</param>
    public string SeparateAttention(string x, string normalized, int tokens, string? mask = null)
    {
        string q = Heads(), k = Heads(), v = Heads();
        string scores = _n.Node("MatMul", [Transpose(q, 0, 2, 1, 3), Transpose(k, 0, 2, 3, 1)]);
        scores = _n.Node("Div", [scores, Number(MathF.Sqrt(headChannels))]);
        scores = mask is null ? scores : _n.Node("Add", [scores, mask]);
        scores = _n.Node("Softmax", [scores], ("axis", 3L));
        string joined = Transpose(_n.Node("MatMul", [scores, Transpose(v, 0, 2, 1, 3)]), 0, 2, 1, 3);
        return _n.Node("Add", [Linear(Reshape(joined, 1, tokens, Channels), Channels, Channels), x]);

        string Heads() => Reshape(Linear(normalized, Channels, Channels), 1, tokens, heads, headChannels);
    }

    public string Token(string x, int index) => _n.Node("Gather", [x, _n.Constant(Tensor.Scalar((long)index))], ("axis", 1L));

    public string Axes(params long[] axes) => _n.Constant(Tensor.Vector(axes));

    public Graph Build(string output) => _n.Build(output);
}
