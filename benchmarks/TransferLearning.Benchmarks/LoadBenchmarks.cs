using BenchmarkDotNet.Attributes;
using TransferLearning.Benchmarks.Timing;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Benchmarks;

/// <summary>
/// Times loading an ONNX file: reading it, optimizing the graph and packing the weights. The memory shown is managed memory, without the
/// weights.
/// </summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private string _path = "";

    /// <summary>The network.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Gets the names of the networks.</summary>
    public static IEnumerable<string> Networks => RandomNetworks.All.Keys;

    /// <summary>Writes the network to a file.</summary>
    [GlobalSetup]
    public void Write()
    {
        _path = Path.Combine(Path.GetTempPath(), $"{Network}-{Guid.NewGuid():N}.onnx");
        OnnxWriter.WriteFile(RandomNetworks.All[Network](), _path);
    }

    /// <summary>Deletes the file.</summary>
    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    /// <summary>Reads the file into a graph.</summary>
    [Benchmark]
    public int Read() => OnnxReader.Read(_path).Nodes.Length;

    /// <summary>Reads the file and compiles the network.</summary>
    [Benchmark]
    public int ReadAndCompile()
    {
        Graph graph = OnnxReader.Read(_path);
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        return network.OutputLength;
    }
}
