using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones;

public class ResNet18Tests
{
    private const int Size = 224;

    [Fact]
    public void ResNet18_needs_no_file()
    {
        Backbone network = Backbone.ResNet18;

        network.ShouldBeSameAs(Backbone.ResNet18);
        network.Name.ShouldBe("resnet18");
        network.FeatureSize.ShouldBe(512);
        network.Preprocessing.ShouldBe(
            new ImagePreprocessing { Width = Size, Height = Size, Normalization = PixelNormalization.None });
    }

    [Fact]
    public void Batch_normalization_stays_a_node_until_the_network_is_compiled() =>
        Backbone.ResNet18.Graph.Nodes.Count(n => n.OperatorName == "BatchNormalization").ShouldBe(22);

    [SkippableFact]
    public void Its_features_are_those_of_Microsofts_files_in_ONNX_Runtime()
    {
        string[] photos = SharedData.Photos(8);
        float[] expected = [.. photos.SelectMany(InOnnxRuntime)];

        float[] actual = new BottleneckExtractor(Backbone.ResNet18).Extract(ImageDataset.FromFiles(photos)).Bottlenecks.Values.ToArray();

        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-3f * expected.Max());
    }

    private static float[] InOnnxRuntime(string photo)
    {
        string folder = typeof(ResNet18Tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "FeaturizerModels").Value!;
        using var preprocessing = new InferenceSession(Path.Combine(folder, "ResNetPrepOnnx", "ResNetPreprocess.onnx"));
        using var network = new InferenceSession(Path.Combine(folder, "ResNet18Onnx", "ResNet18.onnx"));
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> centered =
            preprocessing.Run([NamedOnnxValue.CreateFromTensor("OriginalInput", Pixels(photo))]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> features =
            network.Run([NamedOnnxValue.CreateFromTensor("Input247", centered[0].AsTensor<float>())]);
        return [.. features[0].AsEnumerable<float>()];
    }

    /// <summary>[1, 3, 224, 224], red, green and blue, 0..255.</summary>
    private static DenseTensor<float> Pixels(string photo)
    {
        float[] pixels = new float[Size * Size * 3];
        var raw = new ImagePreprocessing { Width = Size, Height = Size, Normalization = PixelNormalization.None };
        ImageToTensor.Convert(ImageFormats.BuiltIn.Load(photo), raw, pixels);
        var tensor = new DenseTensor<float>([1, 3, Size, Size]);
        for (int i = 0; i < pixels.Length; i++)
        {
            tensor[0, i % 3, i / 3 / Size, i / 3 % Size] = pixels[i];
        }

        return tensor;
    }
}
