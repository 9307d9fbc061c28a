using TransferLearning.Backbones;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Serving;

/// <summary>A model on ResNet-18 for the services, the photos that are posted, and the services' assemblies.</summary>
internal sealed class ServedFiles : IDisposable
{
    private const int MaxPhotos = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("transferlearning-serving-").FullName;

    public ServedFiles()
    {
        string photos = SharedFiles.PathOf("data", "flowers-small");
        Photos =
        [
            .. Directory.EnumerateFiles(photos, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Take(MaxPhotos).Select(File.ReadAllBytes),
        ];
        FineTuningResult result = TransferPipeline.FineTune(photos).WithBackbone(Backbone.ResNet18).WithoutBottleneckCache().Fit();
        using (result.Model)
        {
            result.Model.Save(Model);
            result.Model.Save(Replacement);
        }
    }

    /// <summary>The model file that the services serve.</summary>
    public string Model => Path.Combine(_folder, "flowers.onnx");

    public byte[][] Photos { get; }

    /// <summary>A copy of the model, which takes its place.</summary>
    private string Replacement => Path.Combine(_folder, "replacement.onnx");

    /// <summary>The assembly of samples/AspNetCore.</summary>
    public static string Sample => Built("samples/AspNetCore", "TransferLearning.Samples.AspNetCore.dll");

    /// <summary>The assembly of the same endpoint by hand.</summary>
    public static string Peer => Built("benchmarks/peers/onnxruntime-service", "TransferLearning.Peers.OnnxRuntimeService.dll");

    /// <summary>Moves a copy of the model to the model's place, with the time of now.</summary>
    public void ReplaceModel()
    {
        string copy = Path.Combine(_folder, "copy.onnx");
        File.Copy(Replacement, copy, overwrite: true);
        File.SetLastWriteTimeUtc(copy, TimeProvider.System.GetUtcNow().UtcDateTime);
        File.Move(copy, Model, overwrite: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Built with this program, into the same configuration.
    private static string Built(string project, string assembly)
    {
        string folder = AppContext.BaseDirectory;
        string root = folder;
        while (!File.Exists(Path.Combine(root, "TransferLearning.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("no folder above holds TransferLearning.sln");
        }

        string output = Path.GetRelativePath(Path.Combine(root, "benchmarks", "TransferLearning.Benchmarks"), folder);
        return Path.Combine(root, project, output, assembly);
    }
}
