using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Tests.Formats;
using DataType = TransferLearning.Protobuf.Onnx.TensorProto.Types.DataType;
using Messages = TransferLearning.Runtime.Formats.Onnx.Messages;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>
/// The test models that docs/operators.md promises to support: those with its operators and element types only, with windows over one or
/// two axes, and without random results. Decided from the files alone, not from the runtime's errors.
/// </summary>
internal static class StandardScope
{
    private static readonly DataType[] ElementTypes =
    [
        DataType.Float, DataType.Double, DataType.Float16, DataType.Bfloat16,
        DataType.Int8, DataType.Uint8, DataType.Int32, DataType.Int64, DataType.Bool,
    ];

    /// <summary>Why a model need not be supported; null where it must be.</summary>
    public static string? ReasonOutside(StandardModel model) =>
        UsesOtherOperators(model.Proto) ? "an operator that is not listed"
        : model.Proto.OpsetImport.Any(o => o.Version > OnnxReader.NewestOpset) ? "a newer operator set"
        : HasOtherValues(model) ? "an element type that is not listed"
        : model.Proto.Graph.Node.Any(HasWideWindow) ? "a window over three axes"
        : model.Proto.Graph.Node.Any(n => IsRandom(n, model)) ? "random results"
        : null;

    private static bool UsesOtherOperators(ModelProto model) =>
        model.Graph.Node.Any(n => !OperatorDocument.Operators.Contains(n.OpType) || n.Domain is not ("" or OnnxNodes.DefaultDomain));

    private static bool HasOtherValues(StandardModel model)
    {
        GraphProto graph = model.Proto.Graph;
        IEnumerable<TypeProto> types = graph.Input.Concat(graph.Output).Select(v => v.Type);
        IEnumerable<TensorProto> attributes = graph.Node.SelectMany(n => n.Attribute).Select(a => a.T).OfType<TensorProto>();
        return types.Any(t => t.TensorType is null || !IsListed(t.TensorType.ElemType))
            || graph.Initializer.Concat(attributes).Concat(model.Data()).Any(t => !IsListed(t.DataType));
    }

    private static bool IsListed(int elementType) => ElementTypes.Contains((DataType)elementType);

    private static bool HasWideWindow(NodeProto node) => node.Attribute.Any(a => a.Name == "kernel_shape" && a.Ints.Count > 2);

    private static bool IsRandom(NodeProto node, StandardModel model) =>
        node.OpType == "Dropout" && ScalarInput(node, 2, model, 0) != 0 && ScalarInput(node, 1, model, 0.5) != 0;

    /// <summary>The value of an input, which is a constant or fed; a default where it is omitted.</summary>
    private static double ScalarInput(NodeProto node, int index, StandardModel model, double otherwise)
    {
        string name = node.Input.ElementAtOrDefault(index) ?? "";
        if (name.Length == 0)
        {
            return otherwise;
        }

        TensorProto known = model.Proto.Graph.Initializer.Concat(model.Data()).First(t => t.Name == name);
        return OnnxTensors.Read(known.ReadAs<Messages.TensorProto>(), name, new ExternalData(null)).ToDoubles()[0];
    }
}
