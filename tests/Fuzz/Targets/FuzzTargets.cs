using TransferLearning.Fuzz.Seeds;
using TransferLearning.Fuzz.Structures;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Formats.TensorFlow;

namespace TransferLearning.Fuzz.Targets;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<string> Names { get; } =
        ["jpeg", "png", "gif", "bmp", "onnx", "tensorflow", "model", "cache", "manifest", "zip", "tar"];

    /// <exception cref="ArgumentException">There is no such target.</exception>
    public static FuzzTarget Create(string name) => name switch
    {
        "jpeg" => new ImageTarget(name, new JpegStructure(), JpegSeeds.All),
        "png" => new ImageTarget(name, new PngStructure(), PngSeeds.All),
        "gif" => new ImageTarget(name, new PlainStructure(40), GifSeeds.All),
        "bmp" => new ImageTarget(name, new PlainStructure(70), BmpSeeds.All),
        "onnx" => new NetworkTarget(name, ".onnx", OnnxSeeds.All, OnnxReader.Read),
        "tensorflow" => new NetworkTarget(
            name, ".pb", TensorFlowSeeds.All, path => TensorFlowNetwork.Read(path).ToGraph(size: 32)),
        "model" => new ModelTarget(),
        "cache" => new CacheTarget(),
        "manifest" => new DatasetTarget(name, new TextStructure(), ManifestSeeds.All, ManifestSeeds.FileName, ManifestSeeds.AddImages),
        "zip" => new DatasetTarget(name, new ZipStructure(), ZipSeeds.All, _ => "data.zip"),
        "tar" => new DatasetTarget(name, new TarStructure(), TarSeeds.All, TarSeeds.FileName),
        _ => throw Unknown(name),
    };

    /// <summary>The error for a name that is none.</summary>
    public static ArgumentException Unknown(string name) => new($"there is no target '{name}': expected {string.Join(", ", Names)}");
}
