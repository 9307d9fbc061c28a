using System.Collections.Immutable;
using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Multiplies negative elements by a slope that broadcasts to the input's shape.</summary>
internal sealed class PReluOperator() : Operator("PRelu", 2, 2)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        if (!call.Shape(0).Equals(Broadcasting.Combine(call.Shape(0), call.Shape(1))))
        {
            throw call.Error($"its slope {call.Shape(1)} does not broadcast to its input {call.Shape(0)}");
        }

        return [call.Type(0)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        TensorType type = InferTypes(call)[0];
        if (type.Element == ElementType.Float32)
        {
            TensorBuffer<float> result = call.Memory.Output<float>(0, type.Shape.Length);
            BroadcastLoop.Run<SlopedRelu, float>(call, type.Shape, call.Value(0), call.Value(1), result);
            return [result.ToTensor(type.Shape)];
        }

        double[] values = call.Value(0).ToDoubles();
        double[] slopes = call.Value(1).BroadcastTo(type.Shape).ToDoubles();
        return [TensorConversion.FromDoubles(type.Element, type.Shape, [.. values.Zip(slopes, SlopedRelu.Apply)])];
    }

    private readonly struct SlopedRelu : IBinaryFunction
    {
        public static T Apply<T>(T a, T b)
            where T : INumber<T> => a < T.Zero ? a * b : a;

        public static Vector<float> Apply(Vector<float> a, Vector<float> b) =>
            Vector.ConditionalSelect(Vector.LessThan(a, Vector<float>.Zero), a * b, a);
    }
}
