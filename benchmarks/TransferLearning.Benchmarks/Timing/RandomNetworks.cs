using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>Well-known networks with random weights, for timings, which do not depend on the weights.</summary>
internal static class RandomNetworks
{
    private const int Seed = 1;

    public static IReadOnlyDictionary<string, Func<Graph>> All { get; } = new Dictionary<string, Func<Graph>>(StringComparer.Ordinal)
    {
        ["mobilenet_v1"] = static () => Architectures.MobileNetV1(Seed),
        ["mobilenet_v2"] = static () => Architectures.MobileNetV2(Seed),
        ["resnet18"] = static () => Architectures.ResNet18(Seed),
        ["resnet50"] = static () => Architectures.ResNet50(Seed),
        ["squeezenet"] = static () => Architectures.SqueezeNet(Seed),
        ["efficientnet_lite"] = static () => Architectures.EfficientNetLite(Seed),
        ["efficientnet_b0"] = static () => Architectures.EfficientNetB0(Seed),
        ["googlenet"] = static () => Architectures.GoogLeNet(Seed),
        ["resnext50"] = static () => Architectures.ResNeXt50(Seed),
    };

    /// <summary>Writes networks as ONNX files NAME.onnx.</summary>
    public static int Write(string[] arguments, TextWriter error)
    {
        if (arguments is not [{ } folder, .. { } names] || names.FirstOrDefault(static n => !All.ContainsKey(n)) is { })
        {
            error.WriteLine($"usage: write-networks FOLDER [{string.Join(" | ", All.Keys)}]...");
            return 1;
        }

        Directory.CreateDirectory(folder);
        foreach (string name in names.Length > 0 ? names : [.. All.Keys])
        {
            OnnxWriter.WriteFile(WithFreeBatch(All[name]()), Path.Combine(folder, $"{name}.onnx"));
        }

        return 0;
    }

    /// <summary>The same network for any batch size: the architectures are built for one image, but the peers run batches.</summary>
    private static Graph WithFreeBatch(Graph graph) => graph with
    {
        Inputs = [.. graph.Inputs.Select(WithFreeBatch)],
        Outputs = [.. graph.Outputs.Select(WithFreeBatch)],
    };

    private static ValueInfo WithFreeBatch(ValueInfo value) => value with { Shape = new Shape([-1, .. value.Shape.Dimensions[1..]]) };
}
