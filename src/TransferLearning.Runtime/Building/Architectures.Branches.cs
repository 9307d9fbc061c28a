using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Building;

/// <content>Networks with gates, groups and branches.</content>
internal static partial class Architectures
{
    /// <summary>EfficientNet-B0 (Tan and Le, 2019), with squeeze and excite (Hu et al., 2018) to a quarter of a block's input.</summary>
    public static Graph EfficientNetB0(int seed, int size = 224)
    {
        var b = new GraphBuilder("efficientnet_b0", Opset, seed);
        string x = b.SiLU(b.BatchNormalization(b.Conv(b.Input("input", 1, 3, size, size), 32, 3, 2)));
        ReadOnlySpan<(int Expansion, int Channels, int Repeats, int Kernel, int Stride)> stages =
        [
            (1, 16, 1, 3, 1), (6, 24, 2, 3, 2), (6, 40, 2, 5, 2), (6, 80, 3, 3, 2),
            (6, 112, 3, 5, 1), (6, 192, 4, 5, 2), (6, 320, 1, 3, 1),
        ];
        foreach ((int expansion, int channels, int repeats, int kernel, int stride) in stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                x = GatedResidual(b, x, expansion, channels, kernel, i == 0 ? stride : 1);
            }
        }

        return Classifier(b, b.SiLU(b.BatchNormalization(b.Conv(x, 1280, 1))));
    }

    /// <summary>ResNeXt-50 32x4d (Xie et al., 2017): ResNet-50 with 3x3 convolutions of 32 groups and twice the width.</summary>
    public static Graph ResNeXt50(int seed, int size = 224) =>
        ResNet("resnext50_32x4d", seed, size, [3, 4, 6, 3], isBottleneck: true, groups: 32);

    /// <summary>
    /// GoogLeNet (Szegedy et al., 2015) as in torchvision: with batch normalization, and 3x3 convolutions in place of 5x5; without the
    /// auxiliary outputs.
    /// </summary>
    public static Graph GoogLeNet(int seed, int size = 224)
    {
        var b = new GraphBuilder("googlenet", Opset, seed);
        string x = b.MaxPool(Unit(b, b.Input("input", 1, 3, size, size), 64, 7, 2), 3, 2, 1);
        x = b.MaxPool(Unit(b, Unit(b, x, 64, 1), 192, 3), 3, 2, 1);
        x = Inception(b, Inception(b, x, 64, 96, 128, 16, 32, 32), 128, 128, 192, 32, 96, 64);
        x = Inception(b, b.MaxPool(x, 3, 2, 1), 192, 96, 208, 16, 48, 64);
        x = Inception(b, Inception(b, x, 160, 112, 224, 24, 64, 64), 128, 128, 256, 24, 64, 64);
        x = Inception(b, Inception(b, x, 112, 144, 288, 32, 64, 64), 256, 160, 320, 32, 128, 128);
        x = Inception(b, b.MaxPool(x, 3, 2, 1), 256, 160, 320, 32, 128, 128);
        return Classifier(b, Inception(b, x, 384, 192, 384, 48, 128, 128));
    }

    private static string GatedResidual(GraphBuilder b, string x, int expansion, int channels, int kernel, int stride)
    {
        int inputs = b.ShapeOf(x)[1];
        int inner = inputs * expansion;
        string expanded = expansion == 1 ? x : b.SiLU(b.BatchNormalization(b.Conv(x, inner, 1)));
        string filtered = b.SiLU(b.BatchNormalization(b.Conv(expanded, inner, kernel, stride, group: inner)));
        string squeezed = b.SiLU(b.ConvWithBias(b.GlobalAveragePool(filtered), Math.Max(1, inputs / 4), 1));
        string gate = b.Node("Sigmoid", [b.ConvWithBias(squeezed, inner, 1)]);
        string projected = b.BatchNormalization(b.Conv(b.Node("Mul", [filtered, gate]), channels, 1));
        return stride == 1 && inputs == channels ? b.Add(x, projected) : projected;
    }

    private static string Inception(
        GraphBuilder b, string x, int direct, int reduce3, int channels3, int reduce5, int channels5, int pooled)
    {
        string third = Unit(b, Unit(b, x, reduce3, 1), channels3, 3);
        string fifth = Unit(b, Unit(b, x, reduce5, 1), channels5, 3);
        string pool = Unit(b, b.MaxPool(x, 3, 1, 1), pooled, 1);
        return b.Concat(Unit(b, x, direct, 1), third, fifth, pool);
    }

    private static string Unit(GraphBuilder b, string x, int channels, int kernel, int stride = 1) =>
        b.Relu(b.BatchNormalization(b.Conv(x, channels, kernel, stride)));
}
