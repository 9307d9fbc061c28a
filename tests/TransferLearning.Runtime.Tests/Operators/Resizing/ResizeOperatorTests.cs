using System.Collections.Immutable;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Operators.Resizing;

/// <summary>
/// The features of Resize since operator set 18, which is newer than Debian's package of the ONNX project's test models. Expected values
/// are from the ONNX project's newer test models, or computed by hand where a comment says so.
/// </summary>
public class ResizeOperatorTests
{
    private static readonly Tensor OneToSixteen =
        Tensor.Create(new Shape(1, 1, 4, 4), Enumerable.Range(1, 16).Select(i => (float)i).ToArray());

    [Fact]
    public void Linear_antialiasing_counts_all_elements_that_the_stretched_kernel_reaches() =>
        ByScales(OneToSixteen, [0.6f, 0.6f], ("mode", "linear"), ("antialias", 1L)).ShouldBe([2.875f, 4.5f, 9.375f, 11], 1e-5);

    [Fact]
    public void Cubic_antialiasing_counts_all_elements_that_the_stretched_kernel_reaches() =>
        ByScales(OneToSixteen, [0.6f, 0.6f], ("mode", "cubic"), ("antialias", 1L))
            .ShouldBe([2.5180721f, 4.2858863f, 9.589329f, 11.357142f], 1e-5);

    [Fact]
    public void Antialiasing_to_sizes_takes_the_scale_from_them() =>
        ToSizes(OneToSixteen, [3, 3], ("mode", "linear"), ("antialias", 1L)).Floats.ToArray().ShouldBe(
            [2.3636363f, 3.590909f, 4.818182f, 7.2727275f, 8.5f, 9.727273f, 12.181818f, 13.409091f, 14.636364f], 1e-5);

    // By hand: around 1/3, the kernel of half-width 1 / 0.6 gives 0.2, 0.8 and 0.6 to the positions -1, 0 and 1.
    [Theory]
    [InlineData(0L, 1.375f)]
    [InlineData(1L, 2 / 1.4f)]
    public void Positions_outside_the_input_count_as_its_edge_or_not_at_all(long excludes, float first) =>
        ByScales(Row(1, 2, 3, 4), [1, 0.6f], ("mode", "linear"), ("antialias", 1L), ("exclude_outside", excludes))
            .ShouldBe([first, 3], 1e-5);

    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    [InlineData("cubic")]
    public void Antialiasing_changes_nothing_where_the_output_is_larger(string mode) =>
        ByScales(OneToSixteen, [2.5f, 1.25f], ("mode", mode), ("antialias", 1L))
            .ShouldBe(ByScales(OneToSixteen, [2.5f, 1.25f], ("mode", mode)));

    [Theory]
    [InlineData("not_larger", 7, 8, 7)]
    [InlineData("not_smaller", 7, 8, 8)]
    public void The_aspect_ratio_is_kept_within_or_around_the_sizes(string policy, int height, int width, int expected)
    {
        var two = Tensor.Create(new Shape(1, 1, 2, 2), [1f, 2, 3, 4]);

        Tensor resized = ToSizes(two, [height, width], ("keep_aspect_ratio_policy", policy));

        resized.Shape.ShouldBe(new Shape(1, 1, expected, expected));
        resized.Floats[^expected..].ToArray().ShouldBe([.. Enumerable.Range(0, expected).Select(i => i * 2 < expected ? 3f : 4f)]);
    }

    [Fact]
    public void Half_an_element_is_rounded_up_where_the_aspect_ratio_is_kept()
    {
        Tensor resized = ToSizes(
            Tensor.Create(new Shape(1, 1, 2, 4), [1f, 2, 3, 4, 5, 6, 7, 8]), [1, 3], ("keep_aspect_ratio_policy", "not_smaller"));

        resized.Shape.ShouldBe(new Shape(1, 1, 2, 3));
        resized.Floats.ToArray().ShouldBe([1f, 2, 4, 5, 6, 8]);
    }

    [Fact]
    public void Symmetric_half_pixels_keep_the_middle_in_the_middle() =>
        ByScales(Row(1, 2, 3, 4), [1, 0.6f], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel_symmetric"))
            .ShouldBe([1.6666667f, 3.3333333f], 1e-5);

    [Fact]
    public void A_region_of_some_axes_is_cropped_and_resized()
    {
        var b = new GraphBuilder("test", 18, seed: 1);
        string[] inputs =
            [b.Input("x", 1, 1, 4, 4), b.Constant(Tensor.Vector(0.6f, 0.4f, 0.8f, 0.6f)), "", b.Constant(Tensor.Vector(3L, 3))];
        string y = b.Node(
            "Resize", inputs, ("mode", "linear"), ("axes", Axes(3, 2)), ("coordinate_transformation_mode", "tf_crop_and_resize"));

        Run(b.Output(y, "y").Build(), OneToSixteen).Floats.ToArray()
            .ShouldBe([7.6f, 7.9f, 8.2f, 8.8f, 9.1f, 9.4f, 10, 10.3f, 10.6f], 1e-5);
    }

    // By hand: the middle half of four elements, doubled, are the elements from 0.75 to 2.25 in steps of 0.5.
    [Fact]
    public void A_scale_is_relative_to_the_region()
    {
        var b = new GraphBuilder("test", 18, seed: 1);
        string[] inputs = [b.Input("x", 1, 1, 1, 4), b.Constant(Tensor.Vector(0.25f, 0.75f)), b.Constant(Tensor.Vector(2f))];
        string y = b.Node(
            "Resize", inputs, ("mode", "linear"), ("axes", Axes(3)), ("coordinate_transformation_mode", "tf_crop_and_resize"));

        Run(b.Output(y, "y").Build(), Row(1, 2, 3, 4)).Floats.ToArray().ShouldBe([1.75f, 2.25f, 2.75f, 3.25f], 1e-5);
    }

    [Fact]
    public void A_scale_that_float32_rounds_down_loses_no_element() =>
        ByScales(Row(1, 2, 3, 4, 5), [1, 1.4f]).Length.ShouldBe(7);

    [Theory]
    [InlineData("mode", "area", "nearest, linear, cubic")]
    [InlineData("coordinate_transformation_mode", "center", "half_pixel, half_pixel_symmetric")]
    [InlineData("nearest_mode", "up", "round_prefer_floor, round_prefer_ceil, floor, ceil")]
    [InlineData("keep_aspect_ratio_policy", "crop", "stretch, not_larger, not_smaller")]
    public void An_unknown_choice_is_refused_with_the_known_ones(string attribute, string value, string known)
    {
        string message = Should.Throw<InvalidNetworkException>(() => ByScales(OneToSixteen, [2, 2], (attribute, value))).Message;

        message.ShouldContain("'resize0' (Resize, operator set 19)");
        message.ShouldContain($"{attribute} '{value}' is not one of {known}");
    }

    [Theory]
    [InlineData(new long[] { 3, 3, 3 }, "are not 2")]
    [InlineData(new long[] { 3, -3 }, "-3 elements")]
    [InlineData(new long[] { 3, 1L << 40 }, "1099511627776 elements")]
    public void Impossible_sizes_are_refused(long[] sizes, string expected) =>
        Should.Throw<InvalidNetworkException>(() => ToSizes(OneToSixteen, sizes)).Message.ShouldContain(expected);

    [Fact]
    public void A_crop_without_its_region_is_refused() =>
        Should.Throw<InvalidNetworkException>(
            () => ToSizes(OneToSixteen, [3, 3], ("coordinate_transformation_mode", "tf_crop_and_resize")))
            .Message.ShouldContain("input 1 is missing");

    private static float[] ByScales(Tensor x, float[] scales, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Resize(x, ["", Tensor.Vector(scales)], attributes).Floats.ToArray();

    private static Tensor ToSizes(Tensor x, long[] sizes, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Resize(x, ["", "", Tensor.Vector(sizes)], attributes);

    /// <summary>Resizes height and width; a string among the inputs stands for itself.</summary>
    private static Tensor Resize(Tensor x, object[] inputs, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var b = new GraphBuilder("test", 19, seed: 1);
        string[] names = [b.Input("x", x.Shape.Dimensions), .. inputs.Select(i => i as string ?? b.Constant((Tensor)i))];
        return Run(b.Output(b.Node("Resize", names, [.. attributes, ("axes", Axes(2, 3))]), "y").Build(), x);
    }

    private static ImmutableArray<long> Axes(params long[] axes) => [.. axes];

    private static Tensor Row(params float[] values) => Tensor.Create(new Shape(1, 1, 1, values.Length), values);

    private static Tensor Run(Graph graph, Tensor x) => GraphEvaluator.Run(graph, new Dictionary<string, Tensor> { ["x"] = x })["y"];
}
