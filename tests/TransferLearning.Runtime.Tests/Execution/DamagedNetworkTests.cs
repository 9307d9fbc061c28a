using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>What a damaged file may ask for is refused by name, before memory is taken.</summary>
public sealed class DamagedNetworkTests
{
    [Theory]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void A_map_that_no_array_can_hold_is_refused(float scale)
    {
        var b = new GraphBuilder("large", opset: 13, seed: 1);
        string x = b.Conv(b.Input("input", 1, 3, 16, 16), 4, 3);
        x = b.Node("Resize", [x, "", b.Constant(Tensor.Vector(1f, 1f, scale, scale))], ("mode", "nearest"));

        Error(b.Output(b.GlobalAveragePool(x), "features").Build()).ShouldContain("more than an array can hold");
    }

    [Fact]
    public void Constants_that_a_short_file_cannot_account_for_are_not_computed()
    {
        var b = new GraphBuilder("expanding", opset: 13, seed: 1);
        string x = b.Conv(b.Input("input", 1, 3, 16, 16), 4, 3);
        string wide = b.Node("Expand", [b.Constant(Tensor.Vector(1f)), b.Constant(Tensor.Vector(20_000L, 20_000L))]);
        string sum = b.Node("ReduceMean", [wide], ("axes", Longs(0, 1)), ("keepdims", 0L));

        Error(b.Output(b.Add(x, sum), "features").Build()).ShouldContain("400000000 elements");
    }

    [Fact]
    public void Weights_of_another_type_than_the_map_are_refused()
    {
        var b = new GraphBuilder("mixed", opset: 13, seed: 1);
        string x = b.Flatten(b.Input("input", 1, 3, 2, 2));
        var weights = Tensor.Create(new Shape(12, 2), new long[24]);

        Should.Throw<InvalidNetworkException>(() => b.Node("MatMul", [x, b.Constant(weights)])).Message
            .ShouldContain("the element types Float32 and Int64, expected one");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(67, 0)]
    [InlineData(67, 40)]
    [InlineData(67, 66)]
    public void A_weight_that_is_NaN_is_found_at_any_place(int count, int place)
    {
        float[] weights = new float[count];
        Graph good = WithWeights(weights);
        weights = [.. weights];
        weights[place] = float.NaN;

        GraphValidation.CheckNumbers(good);
        Should.Throw<InvalidNetworkException>(() => GraphValidation.CheckNumbers(WithWeights(weights))).Message.ShouldContain("'c0'");
    }

    [Fact]
    public void Weights_that_are_infinite_are_not_refused()
    {
        // Masks of transformers are.
        GraphValidation.CheckNumbers(WithWeights([float.NegativeInfinity, float.PositiveInfinity, 0]));
    }

    private static Graph WithWeights(float[] weights)
    {
        var b = new GraphBuilder("weights", opset: 13, seed: 1);
        string x = b.Node("Mul", [b.Input("input", 1, weights.Length), b.Constant(Tensor.Vector(weights))]);
        return b.Output(x, "output").Build();
    }

    private static System.Collections.Immutable.ImmutableArray<long> Longs(params long[] values) => [.. values];

    private static string Error(Graph graph) =>
        Should.Throw<InvalidNetworkException>(() => CompiledNetwork.Compile(graph, new NetworkOptions { Threads = 1 })).Message;
}
