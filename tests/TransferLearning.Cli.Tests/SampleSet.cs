namespace TransferLearning.Cli.Tests;

/// <summary>Sample data with train/ and val/, and a model fine-tuned on it. Tests share both and must not change them.</summary>
public sealed class SampleSet : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Images => _folder["images"];

    public string Model => _folder["model.onnx"];

    public string Cache => _folder["cache"];

    internal CommandRun? Training { get; private set; }

    public async Task InitializeAsync()
    {
        string[] size = ["--images", "16", "--size", "96", "--validation", "0.25", "--quiet"];
        (await CommandRun.WithAsync(["sample-data", Images, .. size])).ShouldHaveEnded(0);
        Training = (await CommandRun.WithAsync("fine-tune", Images, "-o", Model, "--cache", Cache)).ShouldHaveEnded(0);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// A model of the small network, trained at the first call. For reports, which run a model on hundreds of images to see where it looks.
    /// </summary>
    public async Task<string> SmallModelAsync()
    {
        string model = _folder["small.onnx"];
        if (!File.Exists(model))
        {
            string[] small = ["--cache", Cache, "--quiet", .. SharedFiles.SmallBackbone()];
            (await CommandRun.WithAsync(["fine-tune", Images, "-o", model, .. small])).ShouldHaveEnded(0);
        }

        return model;
    }

    public string Image(string label, int number) =>
        Directory.GetFiles(Path.Combine(Images, "val", label)).Order(StringComparer.Ordinal).ElementAt(number);

    internal static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
