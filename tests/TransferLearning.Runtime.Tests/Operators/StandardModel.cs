using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Formats.Wire;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using Messages = TransferLearning.Runtime.Formats.Onnx.Messages;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>
/// A test model of the ONNX project, from Debian's package libonnx-testdata: a folder with the model, and folders with inputs and expected
/// outputs.
/// </summary>
internal sealed class StandardModel(string folder)
{
    private const string Root = "/usr/share/libonnx-testdata/data";

    public string Name { get; } = Path.GetFileName(folder);

    /// <summary>The model as its file has it.</summary>
    public ModelProto Proto { get; } = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));

    /// <summary>The models of one kind.</summary>
    public static IEnumerable<StandardModel> All(string kind)
    {
        string models = Path.Combine(Root, kind);
        Skip.IfNot(Directory.Exists(models), "the ONNX project's test data is absent; on Debian, install the package libonnx-testdata");
        return Directory.GetDirectories(models).Order(StringComparer.Ordinal).Select(f => new StandardModel(f));
    }

    /// <summary>The inputs and the expected outputs, as their files have them.</summary>
    public IEnumerable<TensorProto> Data() =>
        Directory.GetFiles(folder, "*.pb", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Parse);

    /// <summary>Runs the model on its inputs. Returns how the outputs differ from the expected ones, or null where they do not.</summary>
    /// <exception cref="InvalidNetworkException">The model uses something that is not supported.</exception>
    public string? Difference()
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
        var proto = new Messages.TensorProto();
        try
        {
            proto.Merge(File.ReadAllBytes(path));
        }
        catch (WireFormatException e)
        {
            throw new InvalidNetworkException($"'{path}' is not a tensor", e);
        }

        return OnnxTensors.Read(proto, path, new ExternalData(null));
    }

    private static TensorProto Parse(string path)
    {
        try
        {
            return TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
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
