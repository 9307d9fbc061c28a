using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Building;

/// <content>The layers of image classifiers.</content>
internal sealed partial class GraphBuilder
{
    /// <summary>
    /// A convolution without a bias. Its weights follow He et al. (2015), to keep the scale of the values through rectifiers.
    /// </summary>
    public string Conv(string x, int channels, int kernel, int stride = 1, int? pad = null, int group = 1) => Node(
        "Conv",
        [x, ConvWeights(x, channels, kernel, group)],
        [.. Window(kernel, stride, pad ?? (kernel / 2)), ("group", (long)group)]);

    /// <summary>A convolution with a bias.</summary>
    public string ConvWithBias(string x, int channels, int kernel, int stride = 1, int? pad = null) => Node(
        "Conv", [x, ConvWeights(x, channels, kernel, group: 1), Spread(0, 0.1, channels)], Window(kernel, stride, pad ?? (kernel / 2)));

    /// <summary>A batch normalization.</summary>
    /// <param name="x">The value.</param>
    /// <param name="trainingScale">The scale with which training begins.</param>
    public string BatchNormalization(string x, float trainingScale = 1)
    {
        int channels = ShapeOf(x)[1];
        string scale = Spread(1, 0.1, channels, trainingScale);
        string bias = Spread(0, 0.1, channels);
        string mean = Spread(0, 0.1, channels);
        string variance = Spread(1, 0.05, channels);
        return Node("BatchNormalization", [x, scale, bias, mean, variance]);
    }

    public string Relu(string x) => Node("Relu", [x]);

    public string Relu6(string x) => opset < 11
        ? Node("Clip", [x], ("min", 0f), ("max", 6f))
        : Node("Clip", [x, Constant(Tensor.Scalar(0f)), Constant(Tensor.Scalar(6f))]);

    /// <summary>x * sigmoid(x), as the two nodes that exporters write.</summary>
    public string SiLU(string x) => Node("Mul", [x, Node("Sigmoid", [x])]);

    public string Add(string a, string b) => Node("Add", [a, b]);

    public string Concat(params string[] values) => Node("Concat", values, ("axis", 1L));

    public string MaxPool(string x, int kernel, int stride, int pad = 0) => Node("MaxPool", [x], [.. Window(kernel, stride, pad)]);

    public string GlobalAveragePool(string x) => Node("GlobalAveragePool", [x]);

    public string Flatten(string x) => Node("Flatten", [x], ("axis", 1L));

    public string Dense(string x, int outputs)
    {
        const double TrainingDeviation = 0.01;
        int inputs = ShapeOf(x)[1];
        string weights = initialization switch
        {
            WeightInitialization.Varied => RandomConstant(0, Math.Sqrt(1.0 / inputs), outputs, inputs),
            WeightInitialization.Training => NormalConstant(TrainingDeviation, outputs, inputs),
            _ => throw Unknown(),
        };
        return Node("Gemm", [x, weights, Spread(0, 0.1, outputs)], ("transB", 1L));
    }

    private string ConvWeights(string x, int channels, int kernel, int group)
    {
        int inputs = ShapeOf(x)[1] / group, window = kernel * kernel;
        return initialization switch
        {
            WeightInitialization.Varied => RandomConstant(0, Math.Sqrt(2.0 / (inputs * window)), channels, inputs, kernel, kernel),
            WeightInitialization.Training => NormalConstant(
                Math.Sqrt(2.0 / (channels / group * window)), channels, inputs, kernel, kernel),
            _ => throw Unknown(),
        };
    }

    /// <summary>A vector that varies around a value, or, where training begins with the network, has the value throughout.</summary>
    private string Spread(float value, double deviation, int length, float? training = null) => initialization switch
    {
        WeightInitialization.Varied => RandomConstant(value, deviation, length),
        WeightInitialization.Training => Constant(Tensor.Vector([.. Enumerable.Repeat(training ?? value, length)])),
        _ => throw Unknown(),
    };

    private NotSupportedException Unknown() => new($"the initialization {initialization} is not known");

    private static (string Name, object Value)[] Window(int kernel, int stride, int pad) =>
    [
        ("kernel_shape", ImmutableArray.Create<long>(kernel, kernel)),
        ("strides", ImmutableArray.Create<long>(stride, stride)),
        ("pads", ImmutableArray.Create<long>(pad, pad, pad, pad)),
    ];
}
