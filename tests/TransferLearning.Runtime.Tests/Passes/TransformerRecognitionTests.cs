using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Passes;

public class TransformerRecognitionTests
{
    private readonly GraphBuilder _b = new("test", 13, seed: 3);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Gelu_by_the_error_function_is_recognized_in_any_order(bool halvesFirst, bool divides)
    {
        string x = _b.Input("x", 2, 5, 8);
        string scaled = divides ? _b.Node("Div", [x, Number(1.4142135f)]) : _b.Node("Mul", [Number(0.70710677f), x]);
        string gate = _b.Node("Add", [Number(1), _b.Node("Erf", [scaled])]);

        PassAssert.Operators(Recognized(Product(x, gate, halvesFirst), GeluRecognition.Run)).ShouldBe("Gelu");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gelu_by_tanh_is_recognized(bool byPower)
    {
        string x = _b.Input("x", 2, 5, 8);
        string cube = byPower ? _b.Node("Pow", [x, Number(3)]) : _b.Node("Mul", [_b.Node("Mul", [x, x]), x]);
        string polynomial = _b.Add(x, _b.Node("Mul", [Number(0.044715f), cube]));
        string tanh = _b.Node("Tanh", [_b.Node("Mul", [polynomial, Number(0.7978845608f)])]);

        Graph changed = Recognized(Product(x, _b.Node("Add", [tanh, Number(1)]), halvesFirst: true), GeluRecognition.Run);

        PassAssert.Operators(changed).ShouldBe("Gelu");
        changed.Nodes.ShouldContain(static n => n.OperatorName == "Gelu" && n.Attributes.Text("approximate", "none") == "tanh");
    }

    [Fact]
    public void A_gate_of_another_value_or_scale_is_no_Gelu()
    {
        string x = _b.Input("x", 2, 5, 8);
        string gate = _b.Node("Add", [Number(1), _b.Node("Erf", [_b.Node("Div", [x, Number(1.5f)])])]);

        PassAssert.Operators(Recognized(Product(x, gate, halvesFirst: false), GeluRecognition.Run)).ShouldNotContain("Gelu");
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    public void Layer_normalization_is_recognized_with_and_without_scale_and_shift(bool scales, bool shifts, bool squaresByPower)
    {
        string x = Standardized(_b.Input("x", 2, 5, 8), axis: -1, squaresByPower);
        x = scales ? _b.Node("Mul", [x, _b.RandomConstant(1, 0.2, 8)]) : x;
        x = shifts ? _b.Add(_b.RandomConstant(0, 0.2, 1, 8), x) : x;

        PassAssert.Operators(Recognized(x, LayerNormalizationRecognition.Run)).ShouldBe("LayerNormalization");
    }

    [Fact]
    public void A_normalization_over_the_channels_of_a_map_is_one_over_the_last_axis_between_transposes()
    {
        string x = Standardized(_b.Input("x", 2, 6, 3, 4), axis: 1, squaresByPower: true);
        x = _b.Add(_b.Node("Mul", [_b.RandomConstant(1, 0.2, 6, 1, 1), x]), _b.RandomConstant(0, 0.2, 1, 6, 1, 1));

        PassAssert.Operators(Recognized(x, LayerNormalizationRecognition.Run)).ShouldBe("Transpose LayerNormalization Transpose");
    }

    [Fact]
    public void A_normalization_over_another_axis_or_with_another_mean_stays()
    {
        string x = _b.Input("x", 2, 6, 3, 4);

        PassAssert.Operators(Recognized(Standardized(x, axis: 2, squaresByPower: true), LayerNormalizationRecognition.Run))
            .ShouldNotContain("LayerNormalization");
    }

    [Fact]
    public void A_constant_that_varies_along_another_axis_is_no_part_of_the_normalization()
    {
        string x = Standardized(_b.Input("x", 2, 8, 8), axis: -1, squaresByPower: true);
        x = _b.Node("Mul", [x, _b.RandomConstant(1, 0.2, 8, 1)]);

        PassAssert.Operators(Recognized(x, LayerNormalizationRecognition.Run)).ShouldBe("LayerNormalization Mul");
    }

    private string Standardized(string x, long axis, bool squaresByPower)
    {
        string centered = _b.Node("Sub", [x, Mean(x)]);
        string squares = squaresByPower ? _b.Node("Pow", [centered, Number(2)]) : _b.Node("Mul", [centered, centered]);
        return _b.Node("Div", [centered, _b.Node("Sqrt", [_b.Node("Add", [Mean(squares), Number(1e-6f)])])]);

        string Mean(string of) => _b.Node("ReduceMean", [of], ("axes", ImmutableArray.Create(axis)));
    }

    private string Product(string x, string gate, bool halvesFirst) => halvesFirst
        ? _b.Node("Mul", [_b.Node("Mul", [Number(0.5f), x]), gate])
        : _b.Node("Mul", [_b.Node("Mul", [x, gate]), Number(0.5f)]);

    private string Number(float value) => _b.Constant(Tensor.Scalar(value));

    private Graph Recognized(string value, Func<Graph, Graph> pass) => PassAssert.KeepsOutputs(_b.Output(value, "y").Build(), pass);
}
