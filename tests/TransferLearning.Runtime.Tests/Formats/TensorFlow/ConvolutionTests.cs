using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using static TransferLearning.Runtime.Tests.Formats.TensorFlow.GraphDefBuilder;

namespace TransferLearning.Runtime.Tests.Formats.TensorFlow;

public class ConvolutionTests
{
    // An even size with stride 2 pads at the end alone: the first window begins at the first pixel.
    [Fact]
    public void Padding_SAME_puts_the_odd_row_at_the_end()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 4, 4, 1)
            .Floats("w", [3, 3, 1, 1], 1, 0, 0, 0, 0, 0, 0, 0, 0)
            .Node("Conv2D", "y", ["x", "w"], ("strides", Integers(1, 2, 2, 1)), ("padding", Text("SAME")));

        graph.Run([1, 4, 4, 1], Count(1, 4, 4, 1)).Floats.ToArray().ShouldBe([1, 3, 9, 11]);
    }

    [Fact]
    public void Weights_HWIO_meet_the_channels_of_NHWC_images()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 2, 2)
            .Floats("w", [1, 2, 2, 2], Count(1, 2, 2, 2))
            .Node("Conv2D", "y", ["x", "w"], ("strides", Integers(1, 1, 1, 1)), ("padding", Text("VALID")));

        // Outputs: 1*1+2*3+3*5+4*7 and 1*2+2*4+3*6+4*8.
        graph.Run([1, 1, 2, 2], [1, 2, 3, 4]).Floats.ToArray().ShouldBe([50, 60]);
    }

    [Fact]
    public void Weights_with_fewer_channels_than_the_image_make_groups()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 4)
            .Floats("w", [1, 1, 2, 2], 1, 10, 2, 20)
            .Node("Conv2D", "y", ["x", "w"], ("strides", Integers(1, 1, 1, 1)), ("padding", Text("VALID")));

        // The first output sees channels 1 and 2, the second channels 3 and 4.
        graph.Run([1, 1, 1, 4], [1, 2, 3, 4]).Floats.ToArray().ShouldBe([5, 110]);
    }

    [Fact]
    public void A_depthwise_convolution_gives_its_outputs_channel_by_channel()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 2)
            .Floats("w", [1, 1, 2, 3], 1, 2, 3, 4, 5, 6)
            .Node("DepthwiseConv2dNative", "y", ["x", "w"], ("strides", Integers(1, 1, 1, 1)), ("padding", Text("SAME")));

        graph.Run([1, 1, 1, 2], [1, 10]).Floats.ToArray().ShouldBe([1, 2, 3, 40, 50, 60]);
    }

    [Fact]
    public void A_convolution_of_NCHW_needs_no_transposition_after_one_to_it()
    {
        Graph graph = new GraphDefBuilder(-1, 2, 2, 1)
            .Integers("order", 0, 3, 1, 2)
            .Node("Transpose", "t", ["x", "order"])
            .Floats("w", [1, 1, 1, 3], 1, 2, 3)
            .Node(
                "Conv2D",
                "y",
                ["t", "w"],
                ("data_format", Text("NCHW")),
                ("strides", Integers(1, 1, 1, 1)),
                ("padding", Text("EXPLICIT")),
                ("explicit_paddings", Integers(0, 0, 0, 0, 1, 0, 0, 2)))
            .Floats("b", [3], 1, 2, 3)
            .Node("BiasAdd", "z", ["y", "b"], ("data_format", Text("NCHW")))
            .Read();

        graph.Nodes.ShouldNotContain(n => n.OperatorName == "Transpose");
        graph.Outputs[0].Shape.ShouldBe(new Shape(-1, 3, 3, 4));
    }

    [Fact]
    public void A_matrix_product_after_flattening_has_its_rows_in_the_order_of_the_pixels()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 2, 2, 2)
            .Node("Relu", "r", ["x"])
            .Integers("shape", -1, 8)
            .Node("Reshape", "flat", ["r", "shape"])
            .Floats("w", [8, 1], 1, 10, 100, 1000, 0, 0, 0, 2)
            .Node("MatMul", "y", ["flat", "w"]);

        graph.Run([1, 2, 2, 2], Count(1, 2, 2, 2)).Floats.ToArray().ShouldBe([1 + 20 + 300 + 4000 + 16]);
        graph.Read().Nodes.ShouldNotContain(n => n.OperatorName == "Transpose");
        graph.Run([1, 2, 2, 2], Count(1, 2, 2, 2), "flat").Floats.ToArray().ShouldBe(Count(8));
    }

    [Fact]
    public void A_matrix_product_takes_transposed_weights()
    {
        GraphDefBuilder graph = new GraphDefBuilder(-1, 1, 1, 3)
            .Node("Squeeze", "s", ["x"], ("squeeze_dims", Integers(1, 2)))
            .Floats("w", [2, 3], 1, 2, 3, 4, 5, 6)
            .Node("MatMul", "y", ["s", "w"], ("transpose_b", Flag(true)));

        graph.Run([1, 1, 1, 3], [1, 1, 2]).Floats.ToArray().ShouldBe([9, 21]);
    }

    [Fact]
    public void Strides_over_the_batch_are_refused()
    {
        new GraphDefBuilder(-1, 4, 4, 1)
            .Node("MaxPool", "y", ["x"], ("ksize", Integers(2, 2, 2, 1)), ("strides", Integers(1, 1, 1, 1)), ("padding", Text("SAME")))
            .Error().ShouldContain("'ksize', [2,2,2,1]");
    }
}
