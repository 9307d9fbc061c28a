using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

/// <summary>An ImageNet network with its own classifier labels photos of ants and bees.</summary>
public class TransferModelLabelTests
{
    [SkippableFact]
    public void A_networks_own_classifier_agrees_with_the_labels_of_photos()
    {
        using TransferModel model = Network();

        DatasetLabels labels = model.Label(AntsAndBees(), new LabelingOptions
        {
            Map = LabelMap.Of([new("ant", "ants"), new("bee", "bees")]),
        });

        model.Labels.Count.ShouldBe(1000);
        labels.Images.Count.ShouldBe(20);
        labels.Agreement!.Images.ShouldBe(20);
        labels.Agreement.Agreement.ShouldBeGreaterThan(0.5);
        labels.Agreement.TopAgreement.ShouldBeGreaterThanOrEqualTo(labels.Agreement.Agreement);
        labels.Agreement.Confusion[0, 0].ShouldBeGreaterThan(labels.Agreement.Confusion[0, 1]);
        labels.Images.Count(i => i.Class == i.Actual).ShouldBe((int)Math.Round(20 * labels.Agreement.Agreement));
    }

    [SkippableFact]
    public void Without_a_map_names_that_differ_are_not_compared()
    {
        using TransferModel model = Network();

        model.Label(AntsAndBees()).Agreement.ShouldBeNull();
    }

    [SkippableFact]
    public void The_rows_hold_as_many_labels_as_asked_for()
    {
        using TransferModel model = Network();
        using var text = new StringWriter { NewLine = "\n" };

        model.Label(AntsAndBees()).WriteCsv(text, top: 2);

        string[] lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(21);
        lines[0].ShouldBe("path,label,probability,class,actual,label2,probability2");
        lines[1].ShouldContain(",,ants,");
    }

    [SkippableFact]
    public void A_labels_file_of_another_length_is_refused()
    {
        using var folder = new TemporaryFolder();
        string labels = Path.Combine(folder.Path, "labels.txt");
        File.WriteAllLines(labels, ["ant", "bee"]);

        string message = Should.Throw<TransferLearningException>(() =>
            TransferModel.FromNetwork(SharedData.Network("mobilenet_v1_0.25_128.onnx"), labels)).Message;

        message.ShouldContain("1000 outputs");
        message.ShouldContain("2 labels");
    }

    [SkippableFact]
    public void A_labels_file_one_line_short_is_refused_for_it_would_shift_every_label()
    {
        using var folder = new TemporaryFolder();
        string labels = Path.Combine(folder.Path, "labels.txt");
        File.WriteAllLines(labels, Enumerable.Range(0, 999).Select(i => $"class {i}"));

        Should.Throw<TransferLearningException>(() =>
            TransferModel.FromNetwork(SharedData.Network("mobilenet_v1_0.25_128.onnx"), labels)).Message.ShouldContain("999 labels");
    }

    [SkippableFact]
    public void Without_labels_a_network_with_1000_outputs_has_the_classes_of_ImageNet_and_says_so()
    {
        using TransferModel named = Network();
        using var model = TransferModel.FromNetwork(SharedData.Network("mobilenet_v2_1.0_224.onnx"));

        model.Labels.ShouldBe(named.Labels);
        model.Origin.Facts["labels"].ShouldContain("ImageNet");
        named.Origin.Facts.ShouldNotContainKey("labels");
    }

    [SkippableFact]
    public void A_network_with_1001_outputs_has_background_first_and_says_so()
    {
        string path = SharedData.TensorFlowNetwork("mobilenet_v2.meta");
        using var alone = TransferModel.FromNetwork(path);
        using var named = TransferModel.FromNetwork(path, SharedData.Data(Path.Combine("labels", "imagenet_wnid_classes.tsv")));

        alone.Labels.Count.ShouldBe(1001);
        alone.Labels[0].ShouldBe("background");
        named.Labels.ShouldBe(alone.Labels);
        named.Origin.Facts["labels"].ShouldContain("background");
    }

    private static TransferModel Network() => TransferModel.FromNetwork(
        SharedData.Network("mobilenet_v2_1.0_224.onnx"), SharedData.Data(Path.Combine("labels", "imagenet_wnid_classes.tsv")));

    private static ImageDataset AntsAndBees()
    {
        var all = ImageDataset.FromFolder(SharedData.Data("hymenoptera"));
        return ImageDataset.FromImages(all.Labels.SelectMany(l => all.Images.Where(i => i.Label == l).Take(10)));
    }
}
