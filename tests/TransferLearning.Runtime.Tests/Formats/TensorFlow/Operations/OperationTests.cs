using TransferLearning.Protobuf.TensorFlow;
using TransferLearning.Runtime.Formats.TensorFlow.Operations;
using TransferLearning.Runtime.Tensors;
using static TransferLearning.Runtime.Tests.Formats.TensorFlow.GraphDefBuilder;

namespace TransferLearning.Runtime.Tests.Formats.TensorFlow.Operations;

public class OperationTests
{
    [Fact]
    public void The_document_lists_each_operator()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot(), "docs", "tensorflow.md"));

        lines.Where(l => l.StartsWith("- `", StringComparison.Ordinal)).ShouldBe(OperationSet.Names.Select(n => $"- `{n}`"));
    }

    [Fact]
    public void A_constant_to_be_computed_cannot_be_too_large()
    {
        new GraphDefBuilder(-1, 1, 1, 1)
            .Integers("shape", 1 << 14, 1 << 14).Floats("one", [], 1)
            .Node("Fill", "filled", ["shape", "one"])
            .Node("Add", "y", ["x", "filled"])
            .Error().ShouldContain("too large");
    }

    [Fact]
    public void One_constant_per_channel_is_added_to_each_pixel()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 2, 2).Floats("b", [2], 100, 200).Node("BiasAdd", "y", ["x", "b"]);

        graph.Run([1, 2, 2, 2], Count(1, 2, 2, 2)).Floats.ToArray().ShouldBe([101, 103, 105, 107, 202, 204, 206, 208]);
    }

    [Fact]
    public void A_batch_normalization_in_single_operators_becomes_one_factor_and_one_summand_per_channel()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 2)
            .Floats("variance", [2], 3.75f, 15.75f).Floats("epsilon", [], 0.25f).Floats("gamma", [2], 2, 4).Floats("beta", [2], 1, -1)
            .Node("AddV2", "v", ["variance", "epsilon"])
            .Node("Rsqrt", "r", ["v"])
            .Node("Mul", "factor", ["r", "gamma"])
            .Node("Mul", "m", ["x", "factor"])
            .Node("Add", "y", ["m", "beta"]);

        graph.Run([1, 1, 1, 2], [3, 5]).Floats.ToArray().ShouldBe([4, 4]);
        graph.Read().Nodes.Select(n => n.OperatorName).ShouldBe(["Mul", "Add"]);
    }

    [Theory]
    [InlineData("FusedBatchNorm")]
    [InlineData("FusedBatchNormV2")]
    [InlineData("FusedBatchNormV3")]
    public void A_fused_batch_normalization_uses_the_statistics_of_training(string name)
    {
        GraphDefBuilder graph = BatchNormalization(name, isTraining: false);

        graph.Run([1, 1, 1, 2], [5, 6]).Floats.ToArray().ShouldBe([14, 23]);
    }

    [Fact]
    public void A_batch_normalization_set_to_training_is_refused()
    {
        BatchNormalization("FusedBatchNorm", isTraining: true).Error().ShouldContain("'y' (FusedBatchNorm): it is set to training");
    }

    [Fact]
    public void Local_response_normalization_sums_over_its_radius()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 3).Node(
            "LRN", "y", ["x"], ("depth_radius", Integer(1)), ("bias", Number(2)), ("alpha", Number(0.5f)), ("beta", Number(1)));

        graph.Run([1, 1, 1, 3], [1, 2, 3]).Floats.ToArray().ShouldBe([1 / 4.5f, 2 / 9f, 3 / 8.5f], 1e-6);
    }

    [Fact]
    public void An_average_near_the_edge_leaves_the_padding_out()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 3, 3, 1).Node(
            "AvgPool", "y", ["x"], ("ksize", Integers(1, 2, 2, 1)), ("strides", Integers(1, 2, 2, 1)), ("padding", Text("SAME")));

        graph.Run([1, 3, 3, 1], Count(1, 3, 3, 1)).Floats.ToArray().ShouldBe([3, 4.5f, 7.5f, 9]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mean_over_height_and_width_leaves_one_value_per_channel(bool keepsAxes)
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 2, 2)
            .Integers("axes", 1, -2)
            .Node("Mean", "y", ["x", "axes"], ("keep_dims", Flag(keepsAxes)));

        Tensor mean = graph.Run([1, 2, 2, 2], Count(1, 2, 2, 2));

        mean.Floats.ToArray().ShouldBe([4, 5]);
        mean.Shape.ShouldBe(keepsAxes ? new Shape(1, 2, 1, 1) : new Shape(1, 2));
    }

    [Fact]
    public void A_mean_over_one_axis_leaves_the_others_in_their_order()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 3, 2).Integers("axis", 1).Node("Mean", "y", ["x", "axis"]);

        graph.Run([1, 2, 3, 2], Count(1, 2, 3, 2)).Floats.ToArray().ShouldBe([4, 5, 6, 7, 8, 9]);
    }

    [Fact]
    public void Feature_maps_are_joined_and_split_by_their_channels()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 2, 2)
            .Scalar("axis", 3)
            .Node("Neg", "n", ["x"])
            .Node("ConcatV2", "c", ["x", "n", "axis"])
            .Node("Split", "s", ["axis", "c"], ("num_split", Integer(4)))
            .Node("Mul", "y", ["s:1", "s:2"]);

        graph.Run([1, 1, 2, 2], [1, 2, 3, 4]).Floats.ToArray().ShouldBe([-2, -12]);
    }

    [Fact]
    public void Pads_follow_the_axes()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 2, 1)
            .Constant("amounts", Paddings(0, 0, 1, 0, 0, 2, 0, 0))
            .Floats("fill", [], 7)
            .Node("PadV2", "y", ["x", "amounts", "fill"]);

        Tensor padded = graph.Run([1, 1, 2, 1], [1, 2]);

        padded.Shape.ShouldBe(new Shape(1, 1, 2, 4));
        padded.Floats.ToArray().ShouldBe([7, 7, 7, 7, 1, 2, 7, 7]);
    }

    [Fact]
    public void A_mirrored_pad_repeats_the_inside()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 3, 1)
            .Constant("amounts", Paddings(0, 0, 0, 0, 2, 1, 0, 0))
            .Node("MirrorPad", "y", ["x", "amounts"], ("mode", Text("REFLECT")));

        graph.Run([1, 1, 3, 1], [1, 2, 3]).Floats.ToArray().ShouldBe([3, 2, 1, 2, 3, 2]);
    }

    [Fact]
    public void A_shape_computed_from_the_batch_fits_any_batch()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 2, 2)
            .Node("Shape", "shape", ["x"])
            .Integers("from", 0).Integers("to", 1).Integers("step", 1).Scalar("features", 8)
            .Node("StridedSlice", "batch", ["shape", "from", "to", "step"], ("shrink_axis_mask", Integer(1)))
            .Node("Pack", "target", ["batch", "features"])
            .Node("Reshape", "y", ["x", "target"]);

        foreach (int batch in new[] { 1, 3 })
        {
            Tensor flat = graph.Run([batch, 2, 2, 2], Count(batch, 2, 2, 2));
            flat.Shape.ShouldBe(new Shape(batch, 8));
            flat.Floats.ToArray().ShouldBe(Count(batch, 8));
        }
    }

    [Fact]
    public void Channels_are_reversed_by_a_strided_slice_with_an_ellipsis()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 2, 3)
            .Integers("from", 0, 0).Integers("to", 0, 0).Integers("step", 1, -1)
            .Node(
                "StridedSlice",
                "y",
                ["x", "from", "to", "step"],
                ("ellipsis_mask", Integer(1)),
                ("begin_mask", Integer(2)),
                ("end_mask", Integer(2)));

        graph.Run([1, 1, 2, 3], Count(1, 1, 2, 3)).Floats.ToArray().ShouldBe([3, 6, 2, 5, 1, 4]);
    }

    [Fact]
    public void A_vector_becomes_a_map_of_one_pixel_and_scales_the_channels()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 2, 2)
            .Integers("axes", 1, 2).Integers("shape", -1, 1, 1, 2)
            .Node("Mean", "pooled", ["x", "axes"])
            .Node("Reshape", "pixel", ["pooled", "shape"])
            .Node("Mul", "y", ["x", "pixel"]);

        graph.Run([1, 2, 2, 2], [1, 0, 2, 1, 3, 1, 2, 2]).Floats.ToArray().ShouldBe([2, 4, 6, 4, 0, 1, 1, 2]);
        graph.Read().Nodes.ShouldNotContain(n => n.OperatorName == "Transpose");
    }

    [Fact]
    public void Relu6_cuts_off_below_0_and_above_6()
    {
        new GraphDefBuilder(-1, 1, 1, 3).Node("Relu6", "y", ["x"]).Run([1, 1, 1, 3], [-1, 3, 9]).Floats.ToArray().ShouldBe([0, 3, 6]);
    }

    [Fact]
    public void Probabilities_are_over_the_channels_of_each_pixel()
    {
        float[] y = new GraphDefBuilder(-1, 1, 2, 2).Node("Softmax", "y", ["x"]).Run([1, 1, 2, 2], [1, 1, 0, 50]).Floats.ToArray();

        y.ShouldBe([0.5f, 0, 0.5f, 1], 1e-6);
    }

    private static TensorProto Paddings(params int[] amounts) => new()
    {
        Dtype = DataType.DtInt32,
        TensorShape = Extents(amounts.Length / 2, 2).Shape,
        IntVal = { amounts },
    };

    private static GraphDefBuilder BatchNormalization(string name, bool isTraining) => new GraphDefBuilder(-1, 1, 1, 2)
        .Floats("scale", [2], 2, 3).Floats("offset", [2], 10, 20).Floats("mean", [2], 1, 4).Floats("variance", [2], 3, 3)
        .Node(name, "y", ["x", "scale", "offset", "mean", "variance"], ("epsilon", Number(1)), ("is_training", Flag(isTraining)));
}
