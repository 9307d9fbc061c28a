namespace TransferLearning.Runtime.Formats.TensorFlow.Messages;

/// <summary>
/// The numbers of the fields that are read, with the names of messages and fields in TensorFlow's files. Source: graph.proto,
/// node_def.proto, attr_value.proto, tensor_shape.proto, tensor.proto and meta_graph.proto in tensorflow/core of TensorFlow 2.16. A
/// released number does not change its meaning.
/// </summary>
internal static class TensorFlowFields
{
    public static class MetaGraph
    {
        public const int MetaInfo = 1;
        public const int Graph = 2;
    }

    public static class Graph
    {
        public const int Node = 1;
    }

    public static class Node
    {
        public const int Name = 1;
        public const int Op = 2;
        public const int Input = 3;
        public const int Attr = 5;
    }

    public static class AttrEntry
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    public static class AttrValue
    {
        public const int List = 1;
        public const int S = 2;
        public const int I = 3;
        public const int F = 4;
        public const int B = 5;
        public const int Type = 6;
        public const int Shape = 7;
        public const int Tensor = 8;
    }

    public static class ListValue
    {
        public const int I = 3;
    }

    public static class TensorShape
    {
        public const int Dim = 2;
        public const int UnknownRank = 3;
    }

    public static class Dimension
    {
        public const int Size = 1;
    }

    public static class Tensor
    {
        public const int Dtype = 1;
        public const int TensorShape = 2;
        public const int TensorContent = 4;
        public const int FloatVal = 5;
        public const int DoubleVal = 6;
        public const int IntVal = 7;
        public const int Int64Val = 10;
        public const int BoolVal = 11;
        public const int HalfVal = 13;
    }
}
