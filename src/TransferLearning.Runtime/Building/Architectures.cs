using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Building;

/// <summary>
/// Well-known image classifiers with random weights, from [1, 3, size, size] to <c>features</c> and <c>logits</c>, with batch
/// normalization not yet folded: for training from scratch, and for tests and benchmarks in which only the sizes matter, not the weights.
/// The same seed gives the same weights.
/// </summary>
internal static partial class Architectures
{
    private const int Opset = 13;
    private const int Classes = 1000;

    /// <summary>MobileNetV1 at width 1.0 (Howard et al., 2017).</summary>
    public static Graph MobileNetV1(int seed, int size = 224)
    {
        var b = new GraphBuilder("mobilenet_v1", Opset, seed);
        string x = b.Relu6(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, size, size), 32, 3, 2)));
        ReadOnlySpan<(int Channels, int Stride)> layers =
        [
            (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2),
            (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1),
        ];
        foreach ((int channels, int stride) in layers)
        {
            int inputs = b.ShapeOf(x)[1];
            x = b.Relu6(b.BatchNormalization(b.Conv(x, inputs, 3, stride, group: inputs)));
            x = b.Relu6(b.BatchNormalization(b.Conv(x, channels, 1)));
        }

        return Classifier(b, x);
    }

    /// <summary>
    /// The network of the package TransferLearning.Compact, with batch normalization beside its convolutions: dense 3x3 convolutions, and
    /// one residual block after each of the last three that halve the resolution.
    /// </summary>
    public static Graph Compact(
        int seed, int size = 128, int classes = Classes, WeightInitialization initialization = WeightInitialization.Varied)
    {
        var b = new GraphBuilder("compact", Opset, seed, initialization);
        string x = Unit(b, b.Input("input", 1, 3, size, size), 24, 3, 2);
        foreach (int channels in new[] { 48, 96, 192 })
        {
            x = BasicBlock(b, Unit(b, x, channels, 3, 2), channels, 1);
        }

        return Classifier(b, Unit(b, x, 384, 1), classes);
    }

    /// <summary>MobileNetV2 (Sandler et al., 2018).</summary>
    /// <param name="seed">Decides the weights.</param>
    /// <param name="size">The height and width of the input.</param>
    /// <param name="width">What the channels are multiplied by; they are rounded to multiples of 8.</param>
    /// <param name="classes">The number of logits.</param>
    /// <param name="initialization">The weights.</param>
    public static Graph MobileNetV2(
        int seed,
        int size = 224,
        double width = 1,
        int classes = Classes,
        WeightInitialization initialization = WeightInitialization.Varied)
    {
        const int Stem = 32, Last = 1280;
        var b = new GraphBuilder("mobilenet_v2", Opset, seed, initialization);
        string x = b.Relu6(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, size, size), Rounded(Stem * width), 3, 2)));
        ReadOnlySpan<(int Expansion, int Channels, int Repeats, int Stride)> stages =
            [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];
        foreach ((int expansion, int channels, int repeats, int stride) in stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                x = InvertedResidual(b, x, expansion, Rounded(channels * width), kernel: 3, i == 0 ? stride : 1);
            }
        }

        // The last layer keeps its width where the others are narrower.
        return Classifier(b, b.Relu6(b.BatchNormalization(b.Conv(x, Rounded(Last * Math.Max(1, width)), 1))), classes);
    }

    /// <summary>EfficientNet-Lite0: EfficientNet-B0 (Tan and Le, 2019) with Relu6 and no squeeze and excite.</summary>
    public static Graph EfficientNetLite(int seed, int size = 224)
    {
        var b = new GraphBuilder("efficientnet_lite0", Opset, seed);
        string x = b.Relu6(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, size, size), 32, 3, 2)));
        ReadOnlySpan<(int Expansion, int Channels, int Repeats, int Kernel, int Stride)> stages =
        [
            (1, 16, 1, 3, 1), (6, 24, 2, 3, 2), (6, 40, 2, 5, 2), (6, 80, 3, 3, 2),
            (6, 112, 3, 5, 1), (6, 192, 4, 5, 2), (6, 320, 1, 3, 1),
        ];
        foreach ((int expansion, int channels, int repeats, int kernel, int stride) in stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                x = InvertedResidual(b, x, expansion, channels, kernel, i == 0 ? stride : 1);
            }
        }

        return Classifier(b, b.Relu6(b.BatchNormalization(b.Conv(x, 1280, 1))));
    }

    /// <summary>ResNet-18 (He et al., 2016).</summary>
    public static Graph ResNet18(
        int seed, int size = 224, int classes = Classes, WeightInitialization initialization = WeightInitialization.Varied) =>
        ResNet("resnet18", seed, size, [2, 2, 2, 2], isBottleneck: false, groups: 1, classes, initialization);

    /// <summary>ResNet-50 (He et al., 2016), with the stride in the 3x3 convolutions.</summary>
    public static Graph ResNet50(int seed, int size = 224) => ResNet("resnet50", seed, size, [3, 4, 6, 3], isBottleneck: true);

    /// <summary>SqueezeNet 1.1 (Iandola et al., 2016).</summary>
    public static Graph SqueezeNet(int seed, int size = 224)
    {
        var b = new GraphBuilder("squeezenet1.1", Opset, seed);
        string x = b.MaxPool(b.Relu(b.ConvWithBias(b.Input("input", 1, 3, size, size), 64, 3, 2, 0)), 3, 2);
        x = b.MaxPool(Fire(b, Fire(b, x, 16), 16), 3, 2);
        x = b.MaxPool(Fire(b, Fire(b, x, 32), 32), 3, 2);
        x = Fire(b, Fire(b, Fire(b, Fire(b, x, 48), 48), 64), 64);
        string features = b.Flatten(b.GlobalAveragePool(x));
        string logits = b.Flatten(b.GlobalAveragePool(b.Relu(b.ConvWithBias(x, Classes, 1))));
        return b.Output(features, "features").Output(logits, "logits").Build();
    }

    private static string InvertedResidual(GraphBuilder b, string x, int expansion, int channels, int kernel, int stride)
    {
        int inputs = b.ShapeOf(x)[1];
        int inner = inputs * expansion;
        string expanded = expansion == 1 ? x : b.Relu6(b.BatchNormalization(b.Conv(x, inner, 1)));
        string filtered = b.Relu6(b.BatchNormalization(b.Conv(expanded, inner, kernel, stride, group: inner)));
        string projected = b.BatchNormalization(b.Conv(filtered, channels, 1));
        return stride == 1 && inputs == channels ? b.Add(x, projected) : projected;
    }

    private static Graph ResNet(
        string name,
        int seed,
        int size,
        ReadOnlySpan<int> repeats,
        bool isBottleneck,
        int groups = 1,
        int classes = Classes,
        WeightInitialization initialization = WeightInitialization.Varied)
    {
        var b = new GraphBuilder(name, Opset, seed, initialization);
        string x = b.Relu(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, size, size), 64, 7, 2)));
        x = b.MaxPool(x, 3, 2, 1);
        for (int stage = 0; stage < repeats.Length; stage++)
        {
            for (int i = 0; i < repeats[stage]; i++)
            {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                x = isBottleneck ? Bottleneck(b, x, 64 << stage, stride, groups) : BasicBlock(b, x, 64 << stage, stride);
            }
        }

        return Classifier(b, x, classes);
    }

    private static string BasicBlock(GraphBuilder b, string x, int channels, int stride)
    {
        string inner = b.Relu(b.BatchNormalization(b.Conv(x, channels, 3, stride)));
        return Residual(b, x, b.BatchNormalization(b.Conv(inner, channels, 3), trainingScale: 0), stride);
    }

    private static string Bottleneck(GraphBuilder b, string x, int channels, int stride, int groups)
    {
        int width = groups > 1 ? 2 * channels : channels;
        string reduced = b.Relu(b.BatchNormalization(b.Conv(x, width, 1)));
        string inner = b.Relu(b.BatchNormalization(b.Conv(reduced, width, 3, stride, group: groups)));
        return Residual(b, x, b.BatchNormalization(b.Conv(inner, 4 * channels, 1), trainingScale: 0), stride);
    }

    /// <summary>
    /// The sum of a branch and its input. The normalization at the end of the branch begins with a scale of 0, so that the block passes its
    /// input on at first (Goyal et al., 2017).
    /// </summary>
    private static string Residual(GraphBuilder b, string x, string branch, int stride)
    {
        string shortcut = b.ShapeOf(x).Equals(b.ShapeOf(branch))
            ? x
            : b.BatchNormalization(b.Conv(x, b.ShapeOf(branch)[1], 1, stride));
        return b.Relu(b.Add(branch, shortcut));
    }

    private static string Fire(GraphBuilder b, string x, int squeezed)
    {
        string squeeze = b.Relu(b.ConvWithBias(x, squeezed, 1));
        string narrow = b.Relu(b.ConvWithBias(squeeze, 4 * squeezed, 1));
        return b.Concat(narrow, b.Relu(b.ConvWithBias(squeeze, 4 * squeezed, 3)));
    }

    /// <summary>The nearest multiple of 8 that is not more than a tenth below a number of channels.</summary>
    private static int Rounded(double channels)
    {
        const int Unit = 8;
        int rounded = Math.Max(Unit, (int)(channels + (Unit / 2)) / Unit * Unit);
        return rounded < 0.9 * channels ? rounded + Unit : rounded;
    }

    private static Graph Classifier(GraphBuilder b, string x, int classes = Classes)
    {
        string features = b.Flatten(b.GlobalAveragePool(x));
        string logits = b.Dense(features, classes);
        return b.Output(features, "features").Output(logits, "logits").Build();
    }
}
