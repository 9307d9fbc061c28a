using System.CommandLine;
using TransferLearning.Inference;
using TransferLearning.OnnxRuntime;

namespace TransferLearning.Cli.Options;

/// <summary><c>--engine</c>: what runs the network; with <c>--onnxruntime-library</c>, ONNX Runtime's native library.</summary>
internal sealed class EngineOption
{
    private const string Expected = "embedded, onnxruntime, onnxruntime:cuda, onnxruntime:directml or onnxruntime:coreml";

    private readonly Option<string?> _engine = ValueOption.Text(
        "--engine",
        "What runs the network: embedded, or onnxruntime (any operator; :cuda, :directml or :coreml for GPUs). Default: embedded.",
        "embedded|onnxruntime[:cuda|directml|coreml]");

    private readonly Option<string?> _library = ValueOption.Text(
        "--onnxruntime-library",
        "ONNX Runtime's native library, such as libonnxruntime.so or onnxruntime.dll. Default: the one in the command's folder, else the "
        + "one that the system finds.",
        "FILE");

    public void AddTo(Command command)
    {
        command.Add(_engine);
        command.Add(_library);
    }

    /// <summary>The engine; what keeps it from running on this machine is noted as a problem.</summary>
    public INetworkEngine Read(ParseResult parsed, Problems problems)
    {
        INetworkEngine engine = Named(parsed.GetValue(_engine), problems);
        if (parsed.GetValue(_library) is { } library)
        {
            if (engine is EmbeddedEngine)
            {
                problems.AddUseless(_library.Name, $"without {_engine.Name} onnxruntime");
                return engine;
            }

            if (problems.Collect(() => Use(library)) is null)
            {
                return engine;
            }
        }

        foreach (string problem in engine.Validate())
        {
            problems.Add($"{_engine.Name} {parsed.GetValue(_engine)}: {problem}");
        }

        return engine;
    }

    private INetworkEngine Named(string? name, Problems problems)
    {
        switch (name)
        {
            case null or "embedded":
                return EmbeddedEngine.Instance;
            case "onnxruntime":
                return OnnxRuntimeEngine.Cpu();
            case "onnxruntime:cuda":
                return OnnxRuntimeEngine.Cuda();
            case "onnxruntime:directml":
                return OnnxRuntimeEngine.DirectML();
            case "onnxruntime:coreml":
                return OnnxRuntimeEngine.CoreML();
            case "softmax" or "mlnet":
                // The option chose the trainer in earlier versions.
                problems.Add($"{_engine.Name} '{name}' no longer chooses what trains the head: use --trainer softmax or mlnet");
                return EmbeddedEngine.Instance;
            default:
                problems.Add($"{_engine.Name} expects {Expected}, not '{name}'");
                return EmbeddedEngine.Instance;
        }
    }

    private static string Use(string library)
    {
        OnnxRuntimeLibrary.UseForProcess(library);
        return library;
    }
}
