using BenchmarkDotNet.Attributes;
using TransferLearning.Benchmarks.Timing;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Benchmarks;

/// <summary>Times networks with random weights.</summary>
[MemoryDiagnoser]
public class NetworkBenchmarks
{
    private CompiledNetwork? _network;
    private float[] _images = [];
    private float[] _output = [];

    /// <summary>The network.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Gets the names of the networks.</summary>
    public static IEnumerable<string> Networks => RandomNetworks.All.Keys;

    /// <summary>The number of images per run.</summary>
    [Params(1, 16)]
    public int Batch { get; set; }

    /// <summary>The number of threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Compiles the network.</summary>
    [GlobalSetup]
    public void Compile()
    {
        _network = CompiledNetwork.Compile(RandomNetworks.All[Network](), new NetworkOptions { Threads = Threads });
        _images = SeededImages.Create(Batch, _network.Height, _network.Width, _network.Channels);
        _output = new float[Batch * _network.OutputLength];
    }

    /// <summary>Frees the network.</summary>
    [GlobalCleanup]
    public void Dispose() => _network?.Dispose();

    /// <summary>Runs the network on one batch.</summary>
    [Benchmark]
    public float Run()
    {
        _network!.Run(_images, Batch, _output);
        return _output[0];
    }
}
