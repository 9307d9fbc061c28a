using Google.Protobuf;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Formats.Onnx.Messages;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Graphs.Operators;

/// <summary>
/// The test models of the ONNX project, as Debian packages them (libonnx-testdata): a folder a model, with inputs and the outputs expected.
/// </summary>
internal static class StandardTestData
{
    private const string Root = "/usr/share/libonnx-testdata/data";

    /// <summary>The folders of the models of one kind.</summary>
    public static string[] Models(string kind)
    {
        string folder = Path.Combine(Root, kind);
        Skip.IfNot(Directory.Exists(folder), "the ONNX project's test data is absent; on Debian, install the package libonnx-testdata");
        return [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs a model on its inputs; says how the outputs differ from those expected, or null where they do not.</summary>
    /// <exception cref="InvalidNetworkException">The model uses something that is not supported.</exception>
    public static string? Difference(string folder)
    {
        Graph graph = OnnxReader.Read(Path.Combine(folder, "model.onnx"));
        foreach (string data in Directory.GetDirectories(folder, "test_data_set_*"))
        {
            var feeds = new Dictionary<string, Tensor>();
            for (int i = 0; i < graph.Inputs.Length; i++)
            {
                feeds[graph.Inputs[i].Name] = Read(Path.Combine(data, $"input_{i}.pb"));
            }

            IReadOnlyDictionary<string, Tensor> values = GraphEvaluator.Run(graph, feeds);
            for (int i = 0; i < graph.Outputs.Length; i++)
            {
                Tensor expected = Read(Path.Combine(data, $"output_{i}.pb"));
                if (Difference(values[graph.Outputs[i].Name], expected) is { } difference)
                {
                    return $"{graph.Outputs[i].Name}: {difference}";
                }
            }
        }

        return null;
    }

    private static Tensor Read(string path)
    {
        try
        {
            return OnnxTensors.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), path, new ExternalData(null));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidNetworkException($"'{path}' is not a tensor", e);
        }
    }

    private static string? Difference(Tensor actual, Tensor expected)
    {
        if (actual.Type != expected.Type || !actual.Shape.Equals(expected.Shape))
        {
            return $"{TensorType.Of(actual)} where {TensorType.Of(expected)} is expected";
        }

        double[] a = actual.ToDoubles();
        double[] e = expected.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            bool same = a[i].Equals(e[i]) || Math.Abs(a[i] - e[i]) <= 1e-4 + (1e-3 * Math.Abs(e[i]));
            if (!same)
            {
                return $"{a[i]} where {e[i]} is expected, at {i}";
            }
        }

        return null;
    }
}
