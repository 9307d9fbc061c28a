using BenchmarkDotNet.Attributes;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Benchmarks;

/// <summary>Network inputs to outputs.</summary>
public class NetworkBenchmarks
{
    private CompiledNetwork? _network;
    private float[] _images = [];
    private float[] _output = [];

    /// <summary>The network file.</summary>
    [Params("mobilenet_v2_1.0_224", "mobilenet_v1_0.25_128", "compact_v0")]
    public string Model { get; set; } = "";

    /// <summary>Images a run.</summary>
    [Params(1, 16)]
    public int Batch { get; set; }

    /// <summary>Threads of the network.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Compiles the network.</summary>
    [GlobalSetup]
    public void Compile()
    {
        int? size = Model == "compact_v0" ? 128 : null;
        var options = new NetworkOptions { Threads = Threads, Height = size, Width = size };
        _network = CompiledNetwork.Compile(OnnxReader.Read(SharedFiles.PathOf("models", "onnx", $"{Model}.onnx")), options);
        _images = SeededImages.Create(Batch, _network.Height, _network.Width, _network.Channels);
        _output = new float[Batch * _network.OutputLength];
    }

    /// <summary>Frees the network.</summary>
    [GlobalCleanup]
    public void Dispose() => _network?.Dispose();

    /// <summary>A batch through the network.</summary>
    [Benchmark]
    public float Run()
    {
        _network!.Run(_images, Batch, _output);
        return _output[0];
    }
}
