using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Operators.Elementwise;

public class UnaryFunctionTests
{
    public static TheoryData<string> Names => [.. OperatorSet.All.OfType<UnaryOperator>().Where(o => o.Name != "Not").Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_vectors_have_the_values_of_the_definition(string name)
    {
        // All lengths of a tail, large and tiny numbers, and those that are none.
        float[] x =
        [
            .. Enumerable.Range(-3000, 6001).Select(i => i / 97f), 1e-30f, -1e-30f, 1e-5f, -1e-5f, 0f, -0f, 87f, -87f, 103f, -103f,
            float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        ];
        ElementFunction function = FunctionOf(name);
        float[] y = new float[x.Length], shifted = new float[x.Length - 3];

        function.Apply(x, y);
        function.Apply(x.AsSpan(3), shifted);

        shifted.ShouldBe(y[3..]);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = (float)function.Of(x[i]);
            double tolerance = 2e-7 + (3e-6 * Math.Abs(expected));
            bool isSame = y[i].Equals((float)expected) || Math.Abs(y[i] - expected) <= tolerance;
            isSame.ShouldBeTrue($"{name}({x[i]}) is {y[i]}, expected {expected}");
        }
    }

    private static ElementFunction FunctionOf(string name)
    {
        var node = new Node(name, name, ["x"], ["y"], NodeAttributes.None);
        var operand = new Operand(new TensorType(ElementType.Float32, new Shape(1)), null);
        return ((UnaryOperator)OperatorSet.Find(node, 21)).FunctionOf(new OperatorCall(node, 21, [operand]));
    }
}
