using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Compilation;

/// <summary>Checks that operators with a kernel are compiled to it, and the others to their reference computation.</summary>
public class OperatorKernelTests
{
    private readonly GraphBuilder _b = new("test", 21, seed: 8);

    public static TheoryData<string> WithKernel => [.. OperatorSet.All.Where(o => o.HasKernel).Select(o => o.Name)];

    public static TheoryData<string> WithoutKernel =>
        [.. OperatorSet.All.Where(o => !o.HasKernel && o is UnaryOperator && o.Name != "Not").Select(o => o.Name)];

    [Fact]
    public void An_operator_says_that_it_has_a_kernel_if_it_is_lowered_to_one() =>
        OperatorSet.All.Where(o => o.HasKernel).Select(o => o.Name).ShouldBe(GraphLowering.OperatorsWithKernel, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(WithKernel))]
    public void An_operator_with_a_kernel_needs_no_reference_computation(string name)
    {
        // Between two other operators, so that it is neither folded into a constant or convolution nor removed.
        string y = _b.Node("Tanh", [Sample(name, _b.Node("Tanh", [_b.Input("x", 1, 8, 6, 6)]))]);

        ReferenceSteps(_b.Output(y, "y").Build()).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(WithoutKernel))]
    public void An_operator_without_a_kernel_runs_its_reference_computation(string name) =>
        ReferenceSteps(_b.Output(_b.Node(name, [_b.Input("x", 1, 8, 6, 6)]), "y").Build()).ShouldBe(1);

    [Fact]
    public void Operands_that_do_not_suit_the_kernel_run_the_reference_computation()
    {
        string x = _b.Input("x", 1, 8, 6, 6);
        string y = _b.Node("Softmax", [_b.Node("Max", [x, _b.Relu(x), _b.RandomConstant(0, 1, 6, 6)])], ("axis", 2L));

        ReferenceSteps(_b.Output(y, "y").Build()).ShouldBe(2);
    }

    /// <summary>A node of an operator, with operands that suit its kernel.</summary>
    private string Sample(string name, string x) => name switch
    {
        "Conv" => _b.Conv(x, 8, 3),
        "Gemm" => _b.Dense(_b.Flatten(x), 5),
        "MatMul" => _b.Node(name, [_b.Flatten(x), _b.RandomConstant(0, 1, 8 * 6 * 6, 5)]),
        "BatchNormalization" => _b.BatchNormalization(x),
        "AveragePool" or "MaxPool" => _b.Node(name, [x], ("kernel_shape", ImmutableArray.Create(2L, 3))),
        "Add" or "Div" or "Max" or "Min" or "Mul" or "Sub" or "Sum" => _b.Node(name, [x, _b.Relu(x)]),
        "Concat" => _b.Concat(x, _b.Relu(x)),
        "Gather" => _b.Node(name, [x, _b.Constant(Tensor.Vector(7L, 0, 3))], ("axis", 1L)),
        "Slice" => _b.Node(name, [x, _b.Constant(Tensor.Vector(2L)), _b.Constant(Tensor.Vector(5L)), _b.Constant(Tensor.Vector(1L))]),
        "Split" => _b.Node(name, [x], ("axis", 1L), ("num_outputs", 1L)),
        "Softmax" => _b.Node(name, [x], ("axis", 1L)),
        "QuantizeLinear" => _b.Node("DequantizeLinear", [_b.Node(name, [x, Scale()]), Scale()]),
        "Expand" => _b.Node(name, [_b.GlobalAveragePool(x), _b.Constant(Tensor.Vector(1L, 8, 6, 6))]),
        "LayerNormalization" => _b.Node(name, [x, _b.RandomConstant(1, 0.1, 6)]),
        "ReduceMean" => _b.Node(
            name, [_b.Node("Reshape", [x, _b.Constant(Tensor.Vector(1L, 8, 36))]), _b.Constant(Tensor.Vector(1L))], ("keepdims", 0L)),
        "Transpose" => _b.Node(name, [x], ("perm", ImmutableArray.Create(0L, 2, 1, 3))),
        "Reshape" => _b.Node(name, [x, _b.Constant(Tensor.Vector(1L, 8 * 6 * 6))]),
        "Squeeze" => _b.Node(name, [_b.GlobalAveragePool(x), _b.Constant(Tensor.Vector(3L))]),
        "Unsqueeze" => _b.Node(name, [_b.Flatten(x), _b.Constant(Tensor.Vector(2L, 3))]),
        _ => _b.Node(name, [x]),
    };

    private string Scale() => _b.Constant(Tensor.Scalar(0.1f));

    private static int ReferenceSteps(Graph graph)
    {
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 });
        return network.Program.ReferenceNodes.Count;
    }
}
