using Google.Protobuf;
using TransferLearning.Protobuf.Onnx;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using AttributeType = TransferLearning.Protobuf.Onnx.AttributeProto.Types.AttributeType;

namespace TransferLearning.Runtime.Tests.Formats.Onnx;

public class FunctionInliningTests
{
    private const string Domain = "pkg.torch.test";

    [Fact]
    public void A_function_called_twice_has_inner_values_of_its_own_and_the_attributes_of_each_call()
    {
        ModelProto model = Model(
            Call("Scaled", ["x"], ["a"], ("slope", 0.5f)),
            Call("Scaled", ["a"], ["y"]));
        model.Functions.Add(Scaled());

        Run(model, -8, 1).ShouldBe([-8 * 0.5f * 0.25f * 4, 1 * 4]);
    }

    [Fact]
    public void A_function_may_call_another_and_leave_out_inputs()
    {
        ModelProto model = Model(Call("Outer", ["x"], ["y"]));
        FunctionProto outer = Function("Outer", ["p", "missing"], ["q"]);
        outer.Node.Add(Call("Scaled", ["p"], ["s"], ("slope", 1f)));
        outer.Node.Add(new NodeProto { OpType = "Clip", Input = { "s", "missing" }, Output = { "q" } });
        model.Functions.Add([outer, Scaled()]);

        Run(model, -3, 3).ShouldBe([-6, 6]);
    }

    [Fact]
    public void A_function_may_return_its_input_and_leave_out_an_output()
    {
        ModelProto model = Model(Call("Same", ["x"], ["a", "b"]), new NodeProto { OpType = "Add", Input = { "a", "b" }, Output = { "y" } });
        FunctionProto same = Function("Same", ["p"], ["p", "r", "unused"]);
        same.Node.Add(new NodeProto { OpType = "Relu", Input = { "p" }, Output = { "r" } });
        model.Functions.Add(same);

        Run(model, -3, 3).ShouldBe([-3, 6]);
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        ModelProto model = Model(Call("Loop", ["x"], ["y"]));
        FunctionProto loop = Function("Loop", ["p"], ["q"]);
        loop.Node.Add(Call("Loop", ["p"], ["q"]));
        model.Functions.Add(loop);

        Should.Throw<InvalidNetworkException>(() => Read(model)).Message.ShouldContain("'Loop', is within that function");
    }

    [Fact]
    public void A_call_with_too_many_inputs_is_refused()
    {
        ModelProto model = Model(Call("Scaled", ["x", "x"], ["y"]));
        model.Functions.Add(Scaled());

        Should.Throw<InvalidNetworkException>(() => Read(model)).Message.ShouldContain("has 2 inputs and 1 outputs");
    }

    [Fact]
    public void A_call_without_a_named_output_is_refused()
    {
        ModelProto model = Model(Call("Scaled", ["x"], [""]));
        model.Functions.Add(Scaled());

        Should.Throw<InvalidNetworkException>(() => Read(model)).Message.ShouldContain("0 outputs with a name");
    }

    [Fact]
    public void Functions_nested_without_end_are_refused()
    {
        const int Levels = 50_000;
        ModelProto model = Model(Call("f0", ["x"], ["y"]));
        for (int i = 0; i < Levels; i++)
        {
            FunctionProto level = Function($"f{i}", ["p"], ["q"]);
            level.Node.Add(Call($"f{i + 1}", ["p"], ["q"]));
            model.Functions.Add(level);
        }

        Should.Throw<InvalidNetworkException>(() => Read(model)).Message.ShouldContain("functions deep");
    }

    [Fact]
    public void A_short_file_with_endless_calls_is_refused()
    {
        const int Levels = 40;
        ModelProto model = Model(Call("f0", ["x"], ["y"]));
        for (int i = 0; i < Levels; i++)
        {
            FunctionProto level = Function($"f{i}", ["p"], ["q"]);
            level.Node.Add([Call($"f{i + 1}", ["p"], ["r"]), Call($"f{i + 1}", ["p"], ["q"])]);
            model.Functions.Add(level);
        }

        model.Functions.Add(Function($"f{Levels}", ["p"], ["q"]));
        Should.Throw<InvalidNetworkException>(() => Read(model)).Message.ShouldContain("nodes and calls");
    }

    /// <summary>q = 2 LeakyRelu(p), with a slope of 0.25 by default.</summary>
    private static FunctionProto Scaled()
    {
        FunctionProto function = Function("Scaled", ["p"], ["q"]);
        function.AttributeProto.Add(new AttributeProto { Name = "slope", Type = AttributeType.Float, F = 0.25f });
        function.Node.Add(new NodeProto
        {
            OpType = "LeakyRelu",
            Input = { "p" },
            Output = { "inner" },
            Attribute = { new AttributeProto { Name = "alpha", Type = AttributeType.Float, RefAttrName = "slope" } },
        });
        function.Node.Add(new NodeProto { OpType = "Add", Input = { "inner", "inner" }, Output = { "q" } });
        return function;
    }

    private static FunctionProto Function(string name, string[] inputs, string[] outputs) =>
        new() { Name = name, Domain = Domain, Input = { inputs }, Output = { outputs } };

    private static NodeProto Call(
        string function, string[] inputs, string[] outputs, params (string Name, float Value)[] attributes) => new()
        {
            Name = $"call {outputs[0]}",
            OpType = function,
            Domain = Domain,
            Input = { inputs },
            Output = { outputs },
            Attribute = { attributes.Select(a => new AttributeProto { Name = a.Name, Type = AttributeType.Float, F = a.Value }) },
        };

    private static ModelProto Model(params NodeProto[] nodes) => new()
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 18 }, new OperatorSetIdProto { Domain = Domain, Version = 1 } },
        Graph = new GraphProto
        {
            Name = "test",
            Input = { OnnxValues.Write(new ValueInfo("x", ElementType.Float32, new Shape(2))).ReadByGoogle<ValueInfoProto>() },
            Output = { OnnxValues.Write(new ValueInfo("y", ElementType.Float32, new Shape(2))).ReadByGoogle<ValueInfoProto>() },
            Node = { nodes },
        },
    };

    private static Graph Read(ModelProto model) => OnnxReader.Read(model.ToByteArray(), "test.onnx");

    private static float[] Run(ModelProto model, params float[] x)
    {
        var feeds = new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(x) };
        return GraphEvaluator.Run(Read(model), feeds)["y"].Floats.ToArray();
    }
}
