using Microsoft.ML.OnnxRuntime;
using TransferLearning.Inference;

namespace TransferLearning.OnnxRuntime.Libraries;

/// <summary>Asks the native library what it has, and says clearly that there is none.</summary>
internal static class NativeLibraryCheck
{
    /// <summary>The version of the native library, such as "1.31.1".</summary>
    /// <exception cref="NetworkEngineException">The native library cannot be loaded.</exception>
    public static string Version() => Ask(static () => OrtEnv.Instance().GetVersionString());

    /// <summary>The execution providers that the native library has. Its telemetry, which Microsoft's builds have on Windows, is turned
    /// off.</summary>
    /// <exception cref="NetworkEngineException">The native library cannot be loaded.</exception>
    public static IReadOnlyList<string> Providers() => Ask(static () =>
    {
        OrtEnv.Instance().DisableTelemetryEvents();
        return OrtEnv.Instance().GetAvailableProviders();
    });

    private static T Ask<T>(Func<T> ask)
    {
        OnnxRuntimeLibrary.Prepare();
        try
        {
            return ask();
        }
        catch (Exception e) when (CauseOf(e) is { } cause)
        {
            throw new NetworkEngineException(
                $"{OnnxRuntimeLibrary.Wanted} cannot be loaded ({cause.Message.Trim()}): add the package Microsoft.ML.OnnxRuntime "
                + $"(processors), Microsoft.ML.OnnxRuntime.Gpu (CUDA) or Microsoft.ML.OnnxRuntime.DirectML to the application, or give the "
                + $"path of ONNX Runtime's native library, of version {ManagedVersion} or later, with --onnxruntime-library "
                + "(OnnxRuntimeLibrary.UseForProcess in code)",
                e);
        }
    }

    private static string ManagedVersion => typeof(OrtEnv).Assembly.GetName().Version!.ToString(3);

    /// <summary>Why the library cannot be loaded; null for another exception.</summary>
    private static Exception? CauseOf(Exception exception) => exception switch
    {
        // It has no functions of ONNX Runtime, or is of an earlier version, or for another processor.
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => exception,
        TypeInitializationException { InnerException: { } inner } => CauseOf(inner) ?? inner,
        _ => null,
    };
}
