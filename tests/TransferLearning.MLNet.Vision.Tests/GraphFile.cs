using Google.Protobuf;
using TransferLearning.Backbones;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.Protobuf.TensorFlow;

namespace TransferLearning.MLNet.Vision.Tests;

/// <summary>Builds TensorFlow graph files node by node.</summary>
internal sealed class GraphFile
{
    private readonly GraphDef _graph = new();

    /// <summary>A file with only the nodes by which a network is recognized.</summary>
    public static byte[] Network(MLNetNetwork network)
    {
        TensorFlowArchitecture architecture = NetworkFile.Of(network).Architecture;
        return new GraphFile()
            .Add(architecture.Input, "Placeholder")
            .Add(architecture.Bottleneck, "Squeeze", architecture.Input)
            .ToBytes();
    }

    public GraphFile Add(string name, string op, params string[] inputs)
    {
        var node = new NodeDef { Name = name, Op = op };
        node.Input.AddRange(inputs);
        _graph.Node.Add(node);
        return this;
    }

    public GraphFile AddConstant(string name, float[] values, params int[] shape)
    {
        var tensor = new TensorProto { Dtype = DataType.DtFloat, TensorShape = new TensorShapeProto() };
        tensor.TensorShape.Dim.AddRange(shape.Select(s => new TensorShapeProto.Types.Dim { Size = s }));
        tensor.FloatVal.AddRange(values);
        var node = new NodeDef { Name = name, Op = "Const" };
        node.Attr.Add("value", new AttrValue { Tensor = tensor });
        _graph.Node.Add(node);
        return this;
    }

    public byte[] ToBytes() => _graph.ToByteArray();
}
