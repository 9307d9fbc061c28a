using System.Reflection;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Tests.Backbones.Preprocessing;

public sealed class MeanImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void ResNet_18_with_its_mean_image_and_channel_order_gives_the_built_in_features()
    {
        string folder = typeof(MeanImageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "FeaturizerModels").Value!;
        Graph preprocessing = OnnxReader.Read(Path.Combine(folder, "ResNetPrepOnnx", "ResNetPreprocess.onnx"));
        float[] mean = preprocessing.Initializers.Values.Single(t => t.Shape.Rank == 4).Values<float>().ToArray();
        var photos = ImageDataset.FromFiles(SharedData.Photos(4));

        var network = Backbone.FromFile(Path.Combine(folder, "ResNet18Onnx", "ResNet18.onnx"), new BackboneOptions
        {
            MeanImagePath = _folder.Write("mean.npy", NpyFile.Of(mean, 3, 224, 224)),
            ChannelOrder = ChannelOrder.Bgr,
        });

        float[] actual = new BottleneckExtractor(network).Extract(photos).Bottlenecks.Values.ToArray();
        float[] expected = new BottleneckExtractor(Backbone.ResNet18).Extract(photos).Bottlenecks.Values.ToArray();
        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-3f * expected.Max());
        network.PreprocessingSource.ShouldBe(PreprocessingSource.Options);
        network.PreprocessingReason.ShouldContain("mean.npy");
    }

    [Fact]
    public void The_mean_is_scaled_like_the_image_and_in_its_channel_order()
    {
        // Red 10, green 20, blue 30, and 40, 50, 60.
        string png = _folder.Write("mean.png", PngEncoder.Encode(new RgbImage(2, 1, new byte[] { 10, 20, 30, 40, 50, 60 })));
        var preprocessing = new ImagePreprocessing { Width = 2, Height = 1, Normalization = new PixelNormalization(0, 0, 0, 2, 5, 10) };

        Means(png, preprocessing).ShouldBe([5, 20, 4, 10, 3, 6]);
        Means(png, preprocessing with { Normalization = preprocessing.Normalization with { ChannelOrder = ChannelOrder.Bgr } })
            .ShouldBe([3, 6, 4, 10, 5, 20]);
    }

    [Fact]
    public void NumPy_files_have_planes_or_pixels_of_several_types()
    {
        var preprocessing = new ImagePreprocessing { Width = 2, Height = 1, Normalization = PixelNormalization.None };
        float[] expected = [1, 4, 2, 5, 3, 6];

        Means(_folder.Write("a.npy", NpyFile.Of(expected, 3, 1, 2)), preprocessing).ShouldBe(expected);
        Means(_folder.Write("b.npy", NpyFile.Of(expected, 1, 3, 1, 2)), preprocessing).ShouldBe(expected);
        Means(_folder.Write("c.npy", NpyFile.Of([1, 2, 3, 4, 5, 6], 1, 2, 3)), preprocessing).ShouldBe(expected);
        Means(_folder.Write("d.npy", NpyFile.Of("|u1", [1, 4, 2, 5, 3, 6], [3, 1, 2])), preprocessing).ShouldBe(expected);
        byte[] doubles = [.. expected.SelectMany(v => BitConverter.GetBytes((double)v))];
        Means(_folder.Write("e.npy", NpyFile.Of("<f8", doubles, [3, 1, 2])), preprocessing).ShouldBe(expected);
    }

    [Fact]
    public void A_file_that_is_no_mean_image_is_named()
    {
        var preprocessing = new ImagePreprocessing { Width = 2, Height = 1, Normalization = PixelNormalization.None };
        float[] six = new float[6];
        string Error(string path) => Should.Throw<InvalidNetworkException>(() => Means(path, preprocessing)).Message;

        Error(_folder.At("absent.npy")).ShouldContain("absent.npy");
        Error(_folder.Write("text.npy", "no array, but long enough")).ShouldContain("does not begin");
        Error(_folder.Write("size.npy", NpyFile.Of(six, 3, 2, 1))).ShouldContain("[3, 2, 1]: expected [3, 1, 2] or [1, 2, 3]");
        Error(_folder.Write("type.npy", NpyFile.Of("<i8", new byte[48], [3, 1, 2]))).ShouldContain("'<i8'");
        Error(_folder.Write("cut.npy", NpyFile.Of("<f4", new byte[23], [3, 1, 2]))).ShouldContain("23 bytes of data: expected 24");
        Error(_folder.Write("order.npy", NpyFile.Of("<f4", new byte[24], [3, 1, 2], isFortran: true))).ShouldContain("Fortran");
        Error(_folder.Write("nan.npy", NpyFile.Of([float.NaN, 0, 0, 0, 0, 0], 3, 1, 2))).ShouldContain("not finite");
        Error(_folder.Write("long.npy", new byte[100_000])).ShouldContain("longer");
        Error(_folder.Write("mean.png", PngEncoder.Encode(new RgbImage(1, 2, new byte[6])))).ShouldContain("1 x 2 pixels: expected");
        Error(_folder.Write("mean.jpg", "no image")).ShouldContain("mean.jpg");
    }

    private static float[] Means(string path, ImagePreprocessing preprocessing)
    {
        Graph graph = OneConvolution();
        Graph subtracted = MeanImage.Subtract(graph, path, preprocessing);
        Node first = subtracted.Nodes[0];
        first.OperatorName.ShouldBe("Sub");
        first.Inputs[0].ShouldBe(graph.Inputs[0].Name);
        subtracted.Nodes[1].Inputs[0].ShouldBe(first.Output);
        return subtracted.Initializers[first.Inputs[1]].Values<float>().ToArray();
    }

    private static Graph OneConvolution() => new()
    {
        Name = "mean_image",
        OpsetVersion = 13,
        Inputs = [new ValueInfo("mean_image", ElementType.Float32, new Shape(-1, 3, 1, 2))],
        Outputs = [new ValueInfo("y", ElementType.Float32, new Shape(-1, 3, 1, 2))],
        Nodes = [new Node("Relu", "centered", ["mean_image"], ["y"], NodeAttributes.None)],
        Initializers = System.Collections.Immutable.ImmutableDictionary<string, Tensor>.Empty,
    };
}
