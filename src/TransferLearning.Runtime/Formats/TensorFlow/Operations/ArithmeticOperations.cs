using TransferLearning.Runtime.Formats.TensorFlow.Messages;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Operators that work element by element.</summary>
internal static class ArithmeticOperations
{
    public static IEnumerable<Operation> All =>
    [
        .. Unary("Abs", "Ceil", "Cos", "Elu", "Erf", "Exp", "Floor", "Log", "Neg", "Reciprocal", "Relu", "Selu", "Sigmoid", "Sign", "Sin"),
        .. Unary("Softplus", "Softsign", "Sqrt", "Tanh"),
        .. Binary(("Add", "Add"), ("AddV2", "Add"), ("AddN", "Sum"), ("Sub", "Sub"), ("Mul", "Mul"), ("Div", "Div"), ("RealDiv", "Div")),
        .. Binary(("Maximum", "Max"), ("Minimum", "Min"), ("Pow", "Pow")),
        new("BiasAdd", BiasAdd),
        new("BiasAddV1", BiasAdd),
        new("Cast", Cast),
        new("LeakyRelu", call => Keep(call, "LeakyRelu", ("alpha", call.Node.Float("alpha", 0.2f)))),
        new("Relu6", Relu6),
        new("Rsqrt", Rsqrt),
        new("Square", call => Align(call, "Mul", [call.Input(0), call.Input(0)])),
        new("SquaredDifference", SquaredDifference),
    ];

    private static IEnumerable<Operation> Unary(params string[] names) =>
        names.Select(name => new Operation(name, call => Keep(call, name)));

    private static IEnumerable<Operation> Binary(params (string Name, string OnnxName)[] names) =>
        names.Select(pair => new Operation(pair.Name, call => Align(call, pair.OnnxName, call.Inputs)));

    /// <summary>Adds the ONNX operator for a function of each element, which keeps the order of axes.</summary>
    private static ConvertedValue Keep(OperationCall call, string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        ConvertedValue input = call.Input(0);
        return call.Emit(name, [input], attributes) with { IsChannelsFirst = input.IsChannelsFirst };
    }

    /// <summary>Adds the ONNX operator for arithmetic, with all operands in one order of axes.</summary>
    private static ConvertedValue Align(OperationCall call, string name, IEnumerable<ConvertedValue> operands)
    {
        (ConvertedValue[] values, bool areChannelsFirst) = call.Graph.Align(operands);
        return call.Emit(name, values) with { IsChannelsFirst = areChannelsFirst };
    }

    private static ConvertedValue BiasAdd(OperationCall call)
    {
        if (!call.IsDeclaredChannelsFirst)
        {
            return Align(call, "Add", call.Inputs);
        }

        Tensor bias = call.Constant(1);
        return call.Emit("Add", [call.Map(0), call.OwnConstant("bias", bias.Reshape(new Shape(bias.Length, 1, 1)))]);
    }

    // Integers are int64 throughout, see TensorFlowTensors.
    private static ConvertedValue Cast(OperationCall call)
    {
        ElementType type = call.Node.Type("DstT") switch
        {
            DataType.DtFloat or DataType.DtDouble or DataType.DtHalf or DataType.DtBfloat16 => ElementType.Float32,
            DataType.DtBool => ElementType.Boolean,
            DataType.DtInt32 or DataType.DtInt64 => ElementType.Int64,
            var other => throw call.Error($"it converts to {other}, which is not supported"),
        };
        return Keep(call, "Cast", ("to", (long)type));
    }

    private static ConvertedValue Relu6(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        return call.Emit("Clip", [input, call.OwnConstant("min", Tensor.Scalar(0f)), call.OwnConstant("max", Tensor.Scalar(6f))]) with
        {
            IsChannelsFirst = input.IsChannelsFirst,
        };
    }

    private static ConvertedValue Rsqrt(OperationCall call)
    {
        ConvertedValue input = call.Input(0);
        ConvertedValue root = call.EmitPart("root", "Sqrt", [input]);
        return call.Emit("Reciprocal", [root]) with { IsChannelsFirst = input.IsChannelsFirst };
    }

    private static ConvertedValue SquaredDifference(OperationCall call)
    {
        (ConvertedValue[] values, bool areChannelsFirst) = call.Graph.Align(call.Inputs);
        ConvertedValue difference = call.EmitPart("difference", "Sub", values);
        return call.Emit("Mul", [difference, difference]) with { IsChannelsFirst = areChannelsFirst };
    }
}
