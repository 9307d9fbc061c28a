using TransferLearning.Backbones;
using TransferLearning.Fuzz.Structures;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Fuzz.Targets;

/// <summary>
/// A network file: opened as a backbone, then read as a whole, compiled and run on a gray image. Documented:
/// <see cref="TransferLearningException"/> for a backbone, <see cref="InvalidNetworkException"/> for a network.
/// </summary>
/// <param name="name">As for the base.</param>
/// <param name="extension">The extension of the files, which says what they are.</param>
/// <param name="seeds">As for the base.</param>
/// <param name="read">Reads a file as a whole network.</param>
internal sealed class NetworkTarget(string name, string extension, Func<IEnumerable<byte[]>> seeds, Func<string, Graph> read)
    : FileTarget(name, ProtobufStructure.Instance)
{
    // How long a network runs is for its author to decide: larger ones than this are compiled only.
    private const long MaxBytes = 4 << 20;

    // Where the file leaves the size open.
    private const int Side = 32;

    public override IEnumerable<byte[]> Seeds() => seeds();

    public override Exception? FaultIn(Exception exception) =>
        exception is InvalidNetworkException or TransferLearningException ? NamedFault(exception) : exception;

    protected override string FileName(byte[] input) => "network" + extension;

    protected override void Read(string path)
    {
        try
        {
            var backbone = Backbone.FromFile(path);
            RunOnGray(backbone.Graph, backbone.Preprocessing.Height, backbone.Preprocessing.Width);
        }
        catch (Exception e) when (e is TransferLearningException or InvalidNetworkException && !e.Message.Contains("a fault of"))
        {
            // No backbone, but perhaps a network. A strategy compiles the backbone, and says what is wrong with it.
        }

        Graph graph = read(path);
        bool isOpen = graph.Inputs is [{ Shape: { Rank: 4, IsKnown: false } }];
        RunOnGray(graph, isOpen ? Side : null, isOpen ? Side : null);
    }

    private static void RunOnGray(Graph graph, int? height, int? width)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Height = height, Width = width, Threads = 1 });
        if (network.WorkerBytes + (sizeof(float) * (long)network.Height * network.Width * network.Channels) > MaxBytes)
        {
            return;
        }

        float[] image = new float[network.Height * network.Width * network.Channels];
        Array.Fill(image, 0.5f);
        float[] output = new float[network.OutputLength];
        using NetworkWorker worker = network.CreateWorker();
        worker.Run(image, 1, output);
    }
}
