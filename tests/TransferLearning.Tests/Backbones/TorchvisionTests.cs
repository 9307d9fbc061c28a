using System.Globalization;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TransferLearning.Backbones;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Execution;
using Xunit.Abstractions;

namespace TransferLearning.Tests.Backbones;

/// <summary>
/// Compares the features of torchvision's architectures with ONNX Runtime, for benchmarks/reports/torchvision.md. The environment
/// variable TORCHVISION_NETWORKS names the folder with the networks, called like <c>resnet18_op17.onnx</c>; TORCHVISION_REPORT, a file for
/// the table.
/// </summary>
public class TorchvisionTests(ITestOutputHelper output)
{
    private const float Tolerance = 1e-4f;

    /// <summary>The architectures, and the number of their penultimate pooled features.</summary>
    private static readonly (string Name, int Features)[] Architectures =
    [
        ("alexnet", 4096),
        ("convnext_tiny", 768),
        ("densenet121", 1024),
        ("efficientnet_b0", 1280),
        ("efficientnet_v2_s", 1280),
        ("googlenet", 1024),
        ("inception_v3", 2048),
        ("maxvit_t", 512),
        ("mnasnet1_0", 1280),
        ("mobilenet_v2", 1280),
        ("mobilenet_v3_large", 1280),
        ("mobilenet_v3_small", 1024),
        ("regnet_x_400mf", 400),
        ("regnet_y_400mf", 440),
        ("resnet18", 512),
        ("resnext50_32x4d", 2048),
        ("shufflenet_v2_x1_0", 1024),
        ("squeezenet1_1", 512),
        ("swin_t", 768),
        ("swin_v2_t", 768),
        ("vgg11", 4096),
        ("vgg11_bn", 4096),
        ("vit_b_16", 768),
        ("wide_resnet50_2", 2048),
    ];

    [SkippableFact]
    public void The_features_are_the_penultimate_ones_of_ONNX_Runtime()
    {
        string? folder = Environment.GetEnvironmentVariable("TORCHVISION_NETWORKS");
        Skip.If(folder is null, "TORCHVISION_NETWORKS names no folder with networks exported from torchvision");
        string photo = SharedData.Photos(1)[0];
        List<string> rows = [];
        List<string> wrong = [];
        foreach ((string name, int features) in Architectures)
        {
            string path = Path.Combine(folder, $"{name}_op17.onnx");
            string row = File.Exists(path) ? Compare(path, features, photo, wrong) : "| | the folder has no such file";
            rows.Add($"| {name} | {row} |");
            output.WriteLine(rows[^1]);
        }

        if (Environment.GetEnvironmentVariable("TORCHVISION_REPORT") is { } report)
        {
            File.WriteAllLines(report, rows);
        }

        wrong.ShouldBeEmpty();
    }

    private static string Compare(string path, int features, string photo, List<string> wrong)
    {
        var backbone = Backbone.FromFile(path);
        float[] pixels = new float[backbone.Preprocessing.Width * backbone.Preprocessing.Height * 3];
        ImageToTensor.Convert(ImageFormats.BuiltIn.Load(photo), backbone.Preprocessing, pixels);
        float[] actual = new float[backbone.FeatureSize];
        using (CompiledNetwork network = backbone.Compile())
        {
            network.Run(pixels, 1, actual);
        }

        (string value, float[] expected) = InOnnxRuntime(path, backbone.Preprocessing, pixels);
        double difference = actual.Length == expected.Length
            ? actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max() / expected.Max(Math.Abs)
            : double.PositiveInfinity;
        if (actual.Length != features || !(difference < Tolerance))
        {
            wrong.Add($"{path}: {actual.Length} features, of {features}, differ by {difference}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{actual.Length} | {difference:0.0e+0} | `{value}`");
    }

    /// <summary>
    /// The input of the last fully connected layer, which is a MatMul where it has no bias; in SqueezeNet, without such a layer, the mean
    /// of the input of its last convolution.
    /// </summary>
    private static (string Value, float[] Features) InOnnxRuntime(string path, ImagePreprocessing preprocessing, float[] pixels)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        NodeProto last = model.Graph.Node.LastOrDefault(n => n.OpType is "Gemm" or "MatMul")
            ?? model.Graph.Node.Last(n => n.OpType == "Conv");
        string value = last.Input[0];
        model.Graph.Output.Clear();
        model.Graph.Output.Add(new ValueInfoProto { Name = value });
        using var session = new InferenceSession(model.ToByteArray());
        (int height, int width) = (preprocessing.Height, preprocessing.Width);
        var image = new DenseTensor<float>([1, 3, height, width]);
        for (int i = 0; i < pixels.Length; i++)
        {
            image[0, i % 3, i / 3 / width, i / 3 % width] = pixels[i];
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results =
            session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], image)]);
        float[] features = [.. results[0].AsEnumerable<float>()];
        int channels = results[0].AsTensor<float>().Dimensions[1];
        return (value, [.. features.Chunk(features.Length / channels).Select(c => c.Average())]);
    }
}
