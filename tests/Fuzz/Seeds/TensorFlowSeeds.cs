using Google.Protobuf;
using TransferLearning.Protobuf.TensorFlow;
using TransferLearning.Runtime.Tests.Formats.TensorFlow;
using static TransferLearning.Runtime.Tests.Formats.TensorFlow.GraphDefBuilder;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Tiny TensorFlow graphs: a classifier, shapes that are computed, branches of training code, and a MetaGraphDef.</summary>
internal static class TensorFlowSeeds
{
    public static IEnumerable<byte[]> All()
    {
        byte[] classifier = Classifier();
        yield return classifier;
        yield return Shaped();
        yield return Branched();
        yield return MetaGraph(classifier);
    }

    private static byte[] Classifier() => new GraphDefBuilder(-1, 8, 8, 3)
        .Floats("w", [3, 3, 3, 4], Count(3, 3, 3, 4))
        .Node("Conv2D", "conv", ["x", "w"], ("strides", Integers(1, 1, 1, 1)), ("padding", Text("SAME")), ("data_format", Text("NHWC")))
        .Floats("one", [4], Count(4))
        .Node("FusedBatchNorm", "norm", ["conv", "one", "one", "one", "one"], ("epsilon", Number(0.001f)), ("is_training", Flag(false)))
        .Node("Relu6", "relu", ["norm"])
        .Node("MaxPool", "pool", ["relu"], ("ksize", Integers(1, 2, 2, 1)), ("strides", Integers(1, 2, 2, 1)), ("padding", Text("VALID")))
        .Integers("axes", 1, 2)
        .Node("Mean", "mean", ["pool", "axes"], ("keep_dims", Flag(false)))
        .Floats("dense", [4, 3], Count(4, 3))
        .Node("MatMul", "product", ["mean", "dense"])
        .Floats("bias", [3], Count(3))
        .Node("BiasAdd", "logits", ["product", "bias"])
        .Node("Softmax", "probabilities", ["logits"])
        .Bytes();

    private static byte[] Shaped() => new GraphDefBuilder(-1, 6, 6, 3)
        .Node("DepthwiseConv2dNative", "deep", ["x", "d"], ("strides", Integers(1, 1, 1, 1)), ("padding", Text("VALID")))
        .Floats("d", [3, 3, 3, 1], Count(3, 3, 3, 1))
        .Integers("paddings", 0, 0)
        .Node("Pad", "pad", ["deep", "p"])
        .Constant("p", new TensorProto
        {
            Dtype = DataType.DtInt32,
            TensorShape = Extents(4, 2).Shape,
            IntVal = { 0, 0, 1, 1, 1, 1, 0, 0 },
        })
        .Node("Shape", "shape", ["pad"])
        .Integers("begin", 0).Integers("end", 1).Integers("stride", 1)
        .Node("StridedSlice", "batch", ["shape", "begin", "end", "stride"], ("shrink_axis_mask", Integer(1)))
        .Scalar("rest", -1)
        .Node("Pack", "target", ["batch", "rest"], ("axis", Integer(0)))
        .Node("Reshape", "flat", ["pad", "target"])
        .Scalar("axis", 1)
        .Node("ConcatV2", "twice", ["flat", "flat", "axis"])
        .Bytes();

    private static byte[] Branched() => new GraphDefBuilder(-1, 4, 4, 3)
        .Constant("training", new TensorProto { Dtype = DataType.DtBool, TensorShape = new TensorShapeProto(), BoolVal = { false } })
        .Node("Switch", "switch", ["x", "training"])
        .Node("Relu", "on", ["switch:1"])
        .Node("Tanh", "off", ["switch"])
        .Node("Merge", "merge", ["off", "on"])
        .Integers("axes", 1, 2)
        .Node("Mean", "features", ["merge", "axes"], ("keep_dims", Flag(true)))
        .Node("Squeeze", "squeezed", ["features"], ("squeeze_dims", Integers(1, 2)))
        .Bytes();

    private static byte[] MetaGraph(byte[] graph)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.Empty);
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(graph));
        }

        return stream.ToArray();
    }
}
