using System.Runtime.InteropServices;
using System.Text.Json;

namespace TransferLearning.Cli.Tests.Options;

[Collection(SampleSetTests.Name)]
public sealed class EngineOptionTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_trained_and_predicts_by_ONNX_Runtime()
    {
        string[] training = ["fine-tune", samples.Images, "-o", _folder["model.onnx"], "--engine", "onnxruntime", "--no-cache", "--quiet"];
        (await CommandRun.WithAsync(training)).ShouldHaveEnded(0);
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "evaluate", _folder["model.onnx"], samples.Images, "--engine", "onnxruntime", "--no-cache");

        run.ShouldHaveEnded(0);
        json.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task Features_of_both_engines_are_nearly_the_same_and_have_keys_of_their_own_in_the_cache()
    {
        string cache = _folder["cache"];
        float[] embedded = await ExtractAsync("embedded", cache, misses: true);

        float[] onnxRuntime = await ExtractAsync("onnxruntime", cache, misses: true);
        await ExtractAsync("onnxruntime", cache, misses: false);

        onnxRuntime.Length.ShouldBe(embedded.Length);
        onnxRuntime.Zip(embedded, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-4f * embedded.Max(Math.Abs));
        CommandRun info = await CommandRun.WithAsync("cache", "info", "--cache", cache);
        info.ShouldHaveEnded(0).Output.ShouldContain("(onnxruntime-cpu-1.31)");
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("onnxruntime:rocm")]
    public async Task Another_engine_is_refused_with_those_that_there_are(string name) => (await ExtractAsync("--engine", name))
        .ShouldHaveFailedWith(
            $"--engine expects embedded, onnxruntime, onnxruntime:cuda, onnxruntime:directml or onnxruntime:coreml, not '{name}'");

    [Theory]
    [InlineData("softmax")]
    [InlineData("mlnet")]
    public async Task The_trainers_that_the_option_chose_in_earlier_versions_are_refused_with_the_new_option(string name) =>
        (await ExtractAsync("--engine", name))
            .ShouldHaveFailedWith($"--engine '{name}' no longer chooses what trains the head: use --trainer softmax or mlnet");

    [Fact]
    public async Task A_provider_that_the_library_lacks_is_an_error_before_any_image_is_read()
    {
        (await ExtractAsync("--engine", "onnxruntime:cuda"))
            .ShouldHaveFailedWith("--engine onnxruntime:cuda: the native library of ONNX Runtime", "has no CUDA");

        File.Exists(_folder["features.npy"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_library_has_no_use_with_the_embedded_engine() => (await ExtractAsync("--onnxruntime-library", "lib.so"))
        .ShouldHaveFailedWith("--onnxruntime-library has no use without --engine onnxruntime: leave it out");

    [Fact]
    public async Task A_library_that_does_not_exist_is_an_error() =>
        (await ExtractAsync("--engine", "onnxruntime", "--onnxruntime-library", _folder["absent.so"]))
            .ShouldHaveFailedWith("absent.so' of ONNX Runtime does not exist");

    [Fact]
    public async Task Unfrozen_stages_need_the_embedded_engine() => (await CommandRun.WithAsync(
        "fine-tune", samples.Images, "-o", _folder["model.onnx"], "--engine", "onnxruntime", "--unfreeze", "1", "--no-cache"))
        .ShouldHaveFailedWith("UnfrozenStages is 1, but ONNX Runtime (CPU) only runs networks, and does not train them");

    [Fact]
    public async Task Verbs_that_run_no_network_do_not_have_the_option() =>
        (await CommandRun.WithAsync("check", "--help")).Output.ShouldNotContain("--engine");

    [Fact]
    public async Task Without_a_native_library_the_command_says_what_it_looks_for()
    {
        CommandRun run = await RunAloneAsync("--engine", "onnxruntime");

        run.ShouldHaveFailedWith(
            "--engine onnxruntime: ONNX Runtime's native library", "cannot be loaded", "--onnxruntime-library", "Microsoft.ML.OnnxRuntime");
    }

    [SkippableFact]
    public async Task A_native_library_is_loaded_by_its_path()
    {
        Skip.IfNot(File.Exists(NativeLibrary), $"the package has no native library '{NativeLibrary}'");

        CommandRun run = await RunAloneAsync("--engine", "onnxruntime", "--onnxruntime-library", NativeLibrary);

        run.ShouldHaveEnded(0);
        File.Exists(_folder["features.npy"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_is_no_native_library_is_an_error()
    {
        string file = _folder["no-library.so"];
        await File.WriteAllTextAsync(file, "no library");

        CommandRun run = await RunAloneAsync("--engine", "onnxruntime", "--onnxruntime-library", file);

        run.ShouldHaveFailedWith($"'{file}' cannot be loaded");
    }

    private static string NativeLibrary => Path.Combine(
        AppContext.BaseDirectory,
        "runtimes",
        RuntimeInformation.RuntimeIdentifier,
        "native",
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so");

    /// <summary>Runs the command in a process of its own, in a folder without ONNX Runtime's native library.</summary>
    private async Task<CommandRun> RunAloneAsync(params string[] more)
    {
        string folder = Directory.CreateDirectory(_folder["command"]).FullName;
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(f => Path.GetExtension(f) is ".dll" or ".json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return await TransferProcess.FinishAsync(TransferProcess.StartCopy(
            folder, ["extract", samples.Images, "-o", _folder["features.npy"], "--backbone", "compact", "--no-cache", "--quiet", .. more]));
    }

    private Task<CommandRun> ExtractAsync(params string[] more) =>
        CommandRun.WithAsync(["extract", samples.Images, "-o", _folder["features.npy"], "--no-cache", .. more]);

    /// <summary>The features in the file of an extraction, after its header.</summary>
    private async Task<float[]> ExtractAsync(string engine, string cache, bool misses)
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "extract", samples.Images, "-o", _folder["features.npy"], "--cache", cache, "--engine", engine);
        run.ShouldHaveEnded(0);
        int images = json.GetProperty("images").GetInt32();
        json.GetProperty(misses ? "cacheMisses" : "cacheHits").GetInt32().ShouldBe(images);
        byte[] file = await File.ReadAllBytesAsync(_folder["features.npy"]);
        int length = images * json.GetProperty("featureSize").GetInt32() * sizeof(float);
        return MemoryMarshal.Cast<byte, float>(file.AsSpan(file.Length - length)).ToArray();
    }
}
