using TransferLearning.Models.Labeling;

namespace TransferLearning.Tests.Models.Labeling;

public class NetworkLabelsTests
{
    [Fact]
    public void Lines_that_begin_with_the_outputs_number_are_read_without_it() =>
        NetworkLabels.Parse("0 daisy\n1 roses\n2 sunflowers in a field\n", hasColumns: false)
            .ShouldBe(["daisy", "roses", "sunflowers in a field"]);

    [Fact]
    public void Numbers_that_do_not_count_the_outputs_belong_to_the_class() =>
        NetworkLabels.Parse("1 euro\n2 euros\n", hasColumns: false).ShouldBe(["1 euro", "2 euros"]);

    [Fact]
    public void ImageNet_has_1000_distinct_classes_in_the_order_of_networks()
    {
        IReadOnlyList<string> labels = ImageNetLabels.Read();

        labels.Count.ShouldBe(1000);
        labels.Distinct().Count().ShouldBe(1000);
        labels[0].ShouldBe("tench, Tinca tinca");
        labels[134].ShouldBe("crane (n02012849)");
        labels[517].ShouldBe("crane (n03126707)");
        labels[985].ShouldBe("daisy");
    }

    [Fact]
    public void Background_is_not_added_to_labels_that_have_it()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "labels.txt");
        File.WriteAllLines(path, Enumerable.Range(0, 999).Select(i => $"class {i}").Append("background"));

        Should.Throw<TransferLearningException>(() => NetworkLabels.Of("net.onnx", 1001, path))
            .Message.ShouldContain("1000 of them distinct");
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1002)]
    public void A_network_with_another_number_of_outputs_needs_labels(int outputs) =>
        Should.Throw<TransferLearningException>(() => NetworkLabels.Of("net.onnx", outputs, null))
            .Message.ShouldContain($"{outputs} outputs");
}
