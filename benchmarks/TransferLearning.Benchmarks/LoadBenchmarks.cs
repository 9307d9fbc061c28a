using BenchmarkDotNet.Attributes;
using TransferLearning.Benchmarks.Timing;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Benchmarks;

/// <summary>An ONNX file to a network that is ready to run: read, optimized, its weights packed. Managed memory; weights lie outside it.</summary>
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

    /// <summary>The file to a graph.</summary>
    [Benchmark]
    public int Read() => OnnxReader.Read(_path).Nodes.Length;

    /// <summary>The file to a compiled network.</summary>
    [Benchmark]
    public int ReadAndCompile()
    {
        Graph graph = OnnxReader.Read(_path);
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        return network.OutputLength;
    }
}
