using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests;

/// <summary>The real photos and networks that stand beside the repository; tests skip where they are absent.</summary>
internal static class SharedData
{
    public static string Data(string name) => Existing("data", name);

    public static string Network(string name) => Existing(Path.Combine("models", "onnx"), name);

    /// <summary>A network as a backbone, with the normalization that it was trained with, which its file does not say.</summary>
    public static TransferLearning.Backbones.Backbone Backbone(string name) => TransferLearning.Backbones.Backbone.FromFile(
        Network(name), new BackboneOptions { Normalization = PixelNormalization.Inception });

    public static string TensorFlowNetwork(string name) => Existing(Path.Combine("models", "tensorflow"), name);

    /// <summary>A file of the collected inputs that have failed.</summary>
    public static string Case(string name) => Existing("cases", name);

    /// <summary>A few real photos, the same ones every time.</summary>
    public static string[] Photos(int count) =>
        [.. Directory.EnumerateFiles(Data("hymenoptera"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count)];

    private static string Existing(string folder, string name)
    {
        string path = Path.Combine(RepositoryRoot(), "..", "shared", folder, name);
        Skip.IfNot(Path.Exists(path), $"the shared {folder} '{name}' is not beside the repository");
        return Path.GetFullPath(path);
    }

    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TransferLearning.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests must run below the folder of TransferLearning.sln");
    }
}
