using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime;

/// <summary>
/// Which native library of ONNX Runtime the process loads, where it is not that of a package of the application. A process has one.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public static class OnnxRuntimeLibrary
{
    private static readonly Lock Gate = new();
    private static string? _path;
    private static bool _isPrepared;

    /// <summary>What is loaded, for messages.</summary>
    internal static string Wanted => _path is { } path ? $"'{path}'" : $"ONNX Runtime's native library ({FileName})";

    /// <summary>The name that the native library has on this system.</summary>
    internal static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    /// <summary>Makes the process load the native library at a path. Call it before anything uses ONNX Runtime.</summary>
    /// <param name="path">
    /// The file: <c>onnxruntime.dll</c>, <c>libonnxruntime.so</c> or <c>libonnxruntime.dylib</c>, of the version of the package
    /// Microsoft.ML.OnnxRuntime.Managed or later. Libraries that it needs, such as those of CUDA, are found beside it or where the system
    /// looks for libraries.
    /// </param>
    /// <remarks>Calling it again with the same path does nothing. The file is loaded at first use.</remarks>
    /// <exception cref="TransferLearningException">The file does not exist.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime is in use already, or was told to load another library.</exception>
    public static void UseForProcess(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new TransferLearningException(
                $"the native library '{path}' of ONNX Runtime does not exist (looked for '{full}'): expected a file such as {FileName}");
        }

        lock (Gate)
        {
            if (_path == full)
            {
                return;
            }

            if (_isPrepared)
            {
                throw new InvalidOperationException(
                    $"the process has already loaded {Wanted} and cannot load '{full}' too: call {nameof(UseForProcess)} once, before "
                    + "ONNX Runtime is used");
            }

            Register();
            (_path, _isPrepared) = (full, true);
        }
    }

    /// <summary>Makes sure that the library is not changed any more.</summary>
    internal static void Prepare()
    {
        lock (Gate)
        {
            _isPrepared = true;
        }
    }

    private static void Register()
    {
        // ONNX Runtime would register a resolver of its own, and an assembly has at most one.
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        Path.GetFileNameWithoutExtension(name) is "onnxruntime" or "libonnxruntime" ? NativeLibrary.Load(_path!) : IntPtr.Zero;
}
