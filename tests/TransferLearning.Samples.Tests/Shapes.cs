using System.Globalization;
using TransferLearning.Tests;

namespace TransferLearning.Samples.Tests;

/// <summary>Drawn images of six classes, and the model that the console sample trains on them: made once for all tests.</summary>
public sealed class Shapes : IAsyncLifetime, IDisposable
{
    private const int ImagesPerClass = 16;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with one folder per class.</summary>
    public string Images => _folder.At("shapes");

    /// <summary>The trained model.</summary>
    public string Model => _folder.At("shapes.onnx");

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Directory.GetDirectories(Images).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>What the console sample printed while it trained, and about the first image of each class.</summary>
    internal FinishedProgram Training { get; private set; } = null!;

    /// <summary>The first image of a class.</summary>
    public string First(string label) => Directory.GetFiles(Path.Combine(Images, label)).Order(StringComparer.Ordinal).First();

    public async Task InitializeAsync()
    {
        FinishedProgram drawing = await RunAsync(
            BuiltProgram.TransferCommand,
            "sample-data", Images, "--images", ImagesPerClass.ToString(CultureInfo.InvariantCulture), "--size", "128", "--quiet");
        drawing.ExitCode.ShouldBe(0, drawing.Error);

        Training = await RunAsync(BuiltProgram.Sample("Console"), [Images, Model, .. Labels.Select(First)]);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a program to its end.</summary>
    internal async Task<FinishedProgram> RunAsync(string assembly, params string[] arguments)
    {
        await using ProgramProcess process = Start(assembly, arguments);
        return await process.FinishAsync();
    }

    /// <summary>Starts a program that runs until it is disposed of.</summary>
    internal ProgramProcess Start(string assembly, params string[] arguments) => ProgramProcess.Start(assembly, _folder.Path, arguments);
}
