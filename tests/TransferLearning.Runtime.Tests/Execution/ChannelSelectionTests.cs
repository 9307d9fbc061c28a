using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using static TransferLearning.Runtime.Tests.Execution.SmallNetwork;

namespace TransferLearning.Runtime.Tests.Execution;

/// <summary>Networks that split, shuffle and join channels, compared with the reference computation.</summary>
public class ChannelSelectionTests
{
    [Theory]
    [InlineData(58)]
    [InlineData(24)]
    [InlineData(61)]
    [InlineData(6)]
    public void Shuffled_halves_are_read_in_place_or_copied_as_defined(int half)
    {
        var n = new SmallNetwork(3, 13, 11);
        string x = n.Relu(n.Conv("input", 3, 2 * half, 3, stride: 1, padding: 1));
        x = Unit(n, x, half, 13, 11);
        x = Unit(n, x, half, 13, 11);
        x = Unit(n, x, half, 13, 11);
        string left = n.Conv(n.Conv(x, 2 * half, 2 * half, 3, stride: 2, padding: 1, groups: 2 * half), 2 * half, half, 1);
        string right = n.Relu(n.Conv(x, 2 * half, half, 1));
        right = n.Relu(n.Conv(n.Conv(right, half, half, 3, stride: 2, padding: 1, groups: half), half, half, 1));
        x = Shuffle(n, n.Node("Concat", [n.Relu(left), right], ("axis", 1L)), 2, half, 7, 6);
        x = Unit(n, x, half, 7, 6);
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 2 * half, 40, 1))]));

        NetworkAssert.ShouldHaveNoReferenceSteps(graph);
        NetworkAssert.ShouldBeAsDefined(graph, 3, 13, 11);
    }

    [Fact]
    public void A_unit_of_ShuffleNet_copies_only_the_half_that_it_does_not_change()
    {
        var n = new SmallNetwork(3, 13, 11);
        string x = n.Relu(n.Conv("input", 3, 116, 3, stride: 1, padding: 1));
        x = Unit(n, Unit(n, x, 58, 13, 11), 58, 13, 11);

        string[] copies = [.. NetworkAssert.StepsOf(n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(x, 116, 40, 1))])))
            .Where(static d => d.StartsWith("copy", StringComparison.Ordinal))];
        copies.Length.ShouldBe(2);
        copies.ShouldAllBe(static copy => copy.StartsWith("copy of 58 channels ", StringComparison.Ordinal));
    }

    [Fact]
    public void Three_groups_are_shuffled_as_defined()
    {
        var n = new SmallNetwork(3, 9, 8);
        string x = Shuffle(n, n.Relu(n.Conv("input", 3, 60, 3, padding: 1)), 3, 20, 9, 8);
        Graph graph = n.Build(n.Relu(n.Conv(x, 60, 48, 1, groups: 3)));

        NetworkAssert.ShouldHaveNoReferenceSteps(graph);
        NetworkAssert.ShouldBeAsDefined(graph, 3, 9, 8);
    }

    [Fact]
    public void The_channels_of_the_image_may_be_turned_around()
    {
        var n = new SmallNetwork(3, 12, 10);
        string turned = n.Node("Gather", ["input", n.Constant(Tensor.Vector(2L, 1, -3))], ("axis", 1L));
        Graph graph = n.Build(n.Node("GlobalAveragePool", [n.Relu(n.Conv(turned, 3, 24, 3, stride: 2, padding: 1))]));

        NetworkAssert.ShouldHaveNoReferenceSteps(graph);
        NetworkAssert.ShouldBeAsDefined(graph, 3, 12, 10);
    }

    [Fact]
    public void Parts_of_several_lengths_are_read_joined_and_added_as_defined()
    {
        var n = new SmallNetwork(3, 10, 9);
        string x = n.Relu(n.Conv("input", 3, 70, 3, padding: 1));
        string[] parts = n.Split(x, ("axis", 1L), n.Constant(Tensor.Vector(17L, 40, 13)));
        string cut = n.Node("Slice", [x, .. new[] { 50L, 3, 1, -2 }.Select(v => n.Constant(Tensor.Vector(v)))]);
        string joined = n.Node("Concat", [parts[2], n.Conv(parts[1], 40, 40, 3, padding: 1), parts[0], cut], ("axis", 1L));
        string y = n.Node("Add", [n.Conv(joined, 94, 40, 3, stride: 1, padding: 1), parts[1]]);
        Graph graph = n.Build(n.Node("Concat", [y, parts[0]], ("axis", 1L)));

        NetworkAssert.ShouldHaveNoReferenceSteps(graph);
        NetworkAssert.ShouldBeAsDefined(graph, 3, 10, 9);
    }

    [Fact]
    public void A_selection_may_be_the_output()
    {
        var n = new SmallNetwork(3, 10, 9);
        string[] parts = n.Split(n.Relu(n.Conv("input", 3, 20, 3, padding: 1)), ("axis", -3L), n.Constant(Tensor.Vector(9L, 11)));

        NetworkAssert.ShouldBeAsDefined(n.Build(parts[1]), 3, 10, 9);
    }

    [Theory]
    [InlineData(64, 32)]
    [InlineData(20, 12)]
    public void Growing_concatenations_are_computed_as_defined(int first, int growth)
    {
        var n = new SmallNetwork(3, 26, 22);
        string x = n.Relu(n.Conv("input", 3, first, 3, padding: 1));
        x = n.Node("MaxPool", [x], ("kernel_shape", Longs(2, 2)), ("strides", Longs(2, 2)));
        x = Dense(n, x, first, growth, layers: 4);
        int channels = first + (4 * growth);
        x = n.Conv(Normalized(n, x, channels), channels, first, 1);
        x = n.Node("AveragePool", [x], ("kernel_shape", Longs(2, 2)), ("strides", Longs(2, 2)));
        x = Normalized(n, Dense(n, x, first, growth, layers: 3), first + (3 * growth));

        NetworkAssert.ShouldBeAsDefined(n.Build(n.Node("GlobalAveragePool", [x])), 3, 26, 22);
    }

    [Fact]
    public void Growing_concatenations_of_whole_vectors_copy_nothing()
    {
        var n = new SmallNetwork(3, 13, 11);
        string x = n.Node("MaxPool", [n.Relu(n.Conv("input", 3, 64, 3, padding: 1))], ("kernel_shape", Longs(1, 1)));
        x = Normalized(n, Dense(n, x, 64, 32, layers: 4), 192);

        NetworkAssert.StepsOf(n.Build(n.Node("GlobalAveragePool", [x])))
            .ShouldNotContain(static d => d.StartsWith("copy", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_joined_twice_in_other_orders_is_computed_as_defined()
    {
        var n = new SmallNetwork(3, 9, 8);
        string a = n.Relu(n.Conv("input", 3, 32, 3, padding: 1)), b = n.Relu(n.Conv("input", 3, 48, 1));
        string ab = n.Node("Concat", [a, b], ("axis", 1L)), ba = n.Node("Concat", [b, a, b], ("axis", 1L));
        string same = n.Node("Concat", [a, b], ("axis", 1L));
        string x = n.Node("Add", [n.Conv(ab, 80, 24, 1), n.Conv(ba, 128, 24, 3, padding: 1)]);

        NetworkAssert.ShouldBeAsDefined(n.Build(n.Node("Add", [x, n.Conv(same, 80, 24, 1)])), 3, 9, 8);
    }

    [Fact]
    public void Shuffles_and_growing_concatenations_give_the_same_bits_on_any_number_of_threads()
    {
        var n = new SmallNetwork(3, 13, 11);
        string x = n.Relu(n.Conv("input", 3, 116, 3, stride: 1, padding: 1));
        x = Dense(n, Unit(n, x, 58, 13, 11), 116, 32, layers: 3);

        NetworkAssert.ShouldGiveTheSameBitsOnAnyNumberOfThreads(n.Build(n.Node("GlobalAveragePool", [n.Conv(x, 212, 24, 1)])), 3, 13, 11);
    }

    /// <summary>A unit of ShuffleNet V2: one half is changed, then the halves are shuffled.</summary>
    private static string Unit(SmallNetwork n, string x, int half, int height, int width)
    {
        string[] halves = n.Split(x, ("axis", 1L), n.Constant(Tensor.Vector<long>(half, half)));
        string changed = n.Relu(n.Conv(halves[1], half, half, 1));
        changed = n.Relu(n.Conv(n.Conv(changed, half, half, 3, padding: 1, groups: half), half, half, 1));
        return Shuffle(n, n.Node("Concat", [halves[0], changed], ("axis", 1L)), 2, half, height, width);
    }

    private static string Shuffle(SmallNetwork n, string x, int groups, int groupChannels, int height, int width)
    {
        string parted = n.Node("Reshape", [x, n.Constant(Tensor.Vector<long>(-1, groups, groupChannels, height, width))]);
        string swapped = n.Node("Transpose", [parted], ("perm", Longs(0, 2, 1, 3, 4)));
        return n.Node("Reshape", [swapped, n.Constant(Tensor.Vector<long>(-1, groups * groupChannels, height, width))]);
    }

    /// <summary>A block of DenseNet: each layer reads everything before it.</summary>
    private static string Dense(SmallNetwork n, string x, int channels, int growth, int layers)
    {
        var features = new List<string> { x };
        string joined = x;
        for (int layer = 0; layer < layers; layer++, channels += growth)
        {
            string narrow = n.Relu(n.Conv(Normalized(n, joined, channels), channels, 48, 1));
            features.Add(n.Conv(narrow, 48, growth, 3, padding: 1));
            joined = n.Node("Concat", [.. features], ("axis", 1L));
        }

        return joined;
    }

    private static string Normalized(SmallNetwork n, string x, int channels) => n.Relu(n.Node(
        "BatchNormalization", [x, n.Positive(channels), n.Positive(channels), n.Positive(channels), n.Positive(channels)]));
}
