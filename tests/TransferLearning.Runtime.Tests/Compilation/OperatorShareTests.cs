using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Tests.Compilation;

public class OperatorShareTests
{
    private readonly GraphBuilder _b = new("test", 21, seed: 8);

    [Fact]
    public void An_operator_without_a_kernel_that_takes_much_of_the_time_is_reported_with_all_its_nodes()
    {
        string x = _b.Relu(_b.Conv(_b.Input("x", 1, 3, 32, 32), 16, 3, 1));

        OperatorShare share = Compile(_b.Node("Acosh", [_b.Node("Acosh", [x])])).ShouldHaveSingleItem();

        (share.Operator, share.Nodes).ShouldBe(("Acosh", 2));
        share.Share.ShouldBeInRange(0.3, 0.99);
    }

    [Fact]
    public void An_operator_of_little_cost_is_not_reported()
    {
        string x = _b.Relu(_b.Conv(_b.Input("x", 1, 3, 64, 64), 64, 7, 1));
        string y = _b.Node("Acosh", [_b.GlobalAveragePool(x)]);

        Compile(y).ShouldBeEmpty();
    }

    [Fact]
    public void A_network_whose_nodes_have_kernels_reports_nothing() =>
        Compile(_b.Relu(_b.Conv(_b.Input("x", 1, 3, 32, 32), 16, 3, 1))).ShouldBeEmpty();

    private ImmutableArray<OperatorShare> Compile(string output)
    {
        using var network = CompiledNetwork.Compile(_b.Output(output, "y").Build(), new NetworkOptions { Threads = 1 });
        return network.WithoutKernel;
    }
}
