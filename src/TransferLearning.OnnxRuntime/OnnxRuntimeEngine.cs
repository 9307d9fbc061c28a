using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using TransferLearning.Inference;
using TransferLearning.OnnxRuntime.Libraries;
using TransferLearning.OnnxRuntime.Providers;
using TransferLearning.OnnxRuntime.Sessions;

namespace TransferLearning.OnnxRuntime;

/// <summary>
/// Runs networks by ONNX Runtime, on processors or GPUs. It runs operators that the embedded engine does not, such as those of the domain
/// com.microsoft. Immutable.
/// </summary>
/// <remarks>
/// <para>Thread-safe; nothing to dispose of: sessions belong to the extraction or the model that loads them.</para>
/// <para>ONNX Runtime's native library is in a package of its own, which the application adds: Microsoft.ML.OnnxRuntime (processors; CoreML
/// too on macOS), Microsoft.ML.OnnxRuntime.Gpu (CUDA) or Microsoft.ML.OnnxRuntime.DirectML. Or see
/// <see cref="OnnxRuntimeLibrary.UseForProcess"/>.</para>
/// <para>On processors, each thread runs a few images at a time by itself, and the features are the same with any number of threads. On
/// other devices, threads prepare the next images while one group runs, and the last bits of features may differ from run to run.</para>
/// </remarks>
/// <example><code>
/// FineTuningResult result = TransferPipeline.FineTune("photos/")
///     .WithBackbone(Backbone.FromFile("dinov2_small.onnx"))
///     .WithEngine(OnnxRuntimeEngine.Cpu())
///     .Fit();
/// </code></example>
public sealed class OnnxRuntimeEngine : INetworkEngine
{
    private readonly ExecutionProvider _provider;

    private OnnxRuntimeEngine(ExecutionProvider provider) => _provider = provider;

    /// <summary>Runs networks on the processor.</summary>
    /// <returns>The engine. Whether it can run is found out by <see cref="Validate"/> and <see cref="Load"/>.</returns>
    public static OnnxRuntimeEngine Cpu() => new(new CpuProvider());

    /// <summary>Runs networks on a GPU of NVIDIA, by CUDA.</summary>
    /// <param name="deviceId">The number of the GPU, as CUDA counts, from 0.</param>
    /// <returns>The engine. Whether it can run is found out by <see cref="Validate"/> and <see cref="Load"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static OnnxRuntimeEngine Cuda(int deviceId = 0) => new(new CudaProvider(Checked(deviceId)));

    /// <summary>Runs networks on a GPU by DirectML, on Windows.</summary>
    /// <param name="deviceId">The number of the GPU, as DirectX counts, from 0.</param>
    /// <returns>The engine. Whether it can run is found out by <see cref="Validate"/> and <see cref="Load"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static OnnxRuntimeEngine DirectML(int deviceId = 0) => new(new DirectMLProvider(Checked(deviceId)));

    /// <summary>Runs networks by CoreML, on macOS: on the GPU, the neural engine or the processor, as CoreML decides.</summary>
    /// <returns>The engine. Whether it can run is found out by <see cref="Validate"/> and <see cref="Load"/>.</returns>
    public static OnnxRuntimeEngine CoreML() => new(new CoreMLProvider());

    /// <inheritdoc/>
    public string Name => $"ONNX Runtime ({_provider.Name})";

    /// <summary>
    /// The provider, and the major and minor version of the native library: another version may form sums in another order. Patch releases
    /// share features.
    /// </summary>
    /// <exception cref="NetworkEngineException">The native library cannot be loaded.</exception>
    public string FeatureIdentity
    {
        get
        {
            string version = string.Join('.', NativeLibraryCheck.Version().Split('.').Take(2));
            return string.Create(CultureInfo.InvariantCulture, $"onnxruntime-{_provider.Identity}-{version}");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate()
    {
        try
        {
            using SessionOptions options = CreateOptions();
            return [];
        }
        catch (NetworkEngineException e)
        {
            return [e.Message];
        }
    }

    /// <inheritdoc/>
    public INetworkSession Load(EngineNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using SessionOptions options = CreateOptions();
        try
        {
            return new OnnxSession(Name, new InferenceSession(network.ToOnnx(), options), network, _provider);
        }
        catch (OnnxRuntimeException e)
        {
            throw new NetworkEngineException(
                $"{Name} {NativeLibraryCheck.Version()} refuses it: {e.Message.Trim()}; use a newer version of ONNX Runtime, or export the "
                + "network with operators that it has",
                e);
        }
    }

    /// <summary>Options with the provider.</summary>
    /// <exception cref="NetworkEngineException">The native library is missing, or does not have the provider.</exception>
    private SessionOptions CreateOptions()
    {
        IReadOnlyList<string> available = NativeLibraryCheck.Providers();
        if (!available.Contains(_provider.ProviderName))
        {
            throw new NetworkEngineException(
                $"the native library of ONNX Runtime {NativeLibraryCheck.Version()} has no {_provider.Name} (its providers are "
                + $"{string.Join(", ", available)}): {_provider.Remedy}");
        }

        var options = new SessionOptions
        {
            // Each thread computes its own images, so that none waits for another.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        try
        {
            _provider.AddTo(options);
            return options;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException)
        {
            options.Dispose();
            throw new NetworkEngineException($"{Name} cannot be used on this machine: {e.Message.Trim()}; {_provider.Remedy}", e);
        }
    }

    private static int Checked(int deviceId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviceId);
        return deviceId;
    }
}
