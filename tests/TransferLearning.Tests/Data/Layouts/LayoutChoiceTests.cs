using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Layouts;

public sealed class LayoutChoiceTests : IDisposable
{
    private static readonly ImageDatasetOptions Folders = new() { Layout = DatasetLayoutChoice.Folders };
    private static readonly ImageDatasetOptions Manifest = new() { Layout = DatasetLayoutChoice.Manifest };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_folders_and_manifest_disagree_the_option_chooses()
    {
        _folder.Write("a/1.jpg");
        _folder.Write("b/2.jpg");
        _folder.Write("b/3.jpg");
        _folder.Write("labels.csv", "path,label\na/1.jpg,rose\nb/2.jpg,rose\nb/3.jpg,aster\n");

        string message = Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path)).Message;
        message.ShouldContain("--layout folders");
        message.ShouldContain("--layout manifest");

        ImageDataset.Open(_folder.Path, Folders).Labels.ShouldBe(["a", "b"]);
        ImageDataset.Open(_folder.Path, Manifest).Labels.ShouldBe(["aster", "rose"]);
    }

    [Fact]
    public void A_manifest_that_is_demanded_must_be_there()
    {
        _folder.Write("a/1.jpg");
        _folder.Write("b/2.jpg");

        Should.Throw<TransferLearningException>(() =>
            ImageDataset.Open(_folder.Path, Manifest)).Message.ShouldContain(".jsonl");
    }

    [Fact]
    public void Given_parts_are_the_only_ones()
    {
        foreach (string part in new[] { "2023", "2024", "2025" })
        {
            _folder.Write($"set/{part}/rose/{part}.jpg");
            _folder.Write($"set/{part}/aster/{part}.jpg");
        }

        var options = new ImageDatasetOptions { Train = ["2023", "set/2024"], Test = ["2025/"] };
        var data = ImageDataset.Open(_folder.Path, options);

        data.Labels.ShouldBe(["aster", "rose"]);
        data.OfSubset(DatasetSubset.Train).Count.ShouldBe(4);
        data.OfSubset(DatasetSubset.Test).Count.ShouldBe(2);
        ImageDataset.Open(_folder.Path, options with { Train = ["2023"], Test = [] })
            .Layout.LeftOut.ShouldHaveSingleItem().Count.ShouldBe(4);
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path, new ImageDatasetOptions { Train = ["2022"] }))
            .Message.ShouldContain("set/2023");
    }

    [Fact]
    public void Manifests_can_be_given_as_parts()
    {
        _folder.Write("photos/1.jpg");
        _folder.Write("photos/2.jpg");
        _folder.Write("a.csv", "path,label\n1.jpg,rose\n");
        _folder.Write("b.csv", "path,label\n2.jpg,rose\n");

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path)).Message.ShouldContain("--train");
        var data = ImageDataset.Open(_folder.Path, new ImageDatasetOptions { Train = ["a.csv"], Validation = ["b.csv"] });

        data.OwnSplit.ShouldNotBeNull().Validation.Images.ShouldHaveSingleItem().Path.ShouldEndWith("2.jpg");
        data.Layout.Kind.ShouldBe(DatasetLayoutKind.DividedManifests);
    }

    [Fact]
    public void Images_alone_are_read_from_anywhere_without_labels()
    {
        _folder.Write("train/a/1.jpg");
        _folder.Write("x/2.jpg");
        _folder.Write("3.jpg");

        var data = ImageDataset.Open(_folder.Path, new ImageDatasetOptions { Layout = DatasetLayoutChoice.Images });

        (data.Count, data.Labels.Count).ShouldBe((3, 0));
    }

    [SkippableFact]
    public void The_same_class_name_from_macOS_and_from_elsewhere_is_one_class()
    {
        Skip.If(OperatingSystem.IsMacOS(), "its file systems take both names as one");
        _folder.Write("train/gänseblümchen/1.jpg");
        _folder.Write("train/rose/1.jpg");
        _folder.Write("val/ga\u0308nseblu\u0308mchen/2.jpg");

        ImageDataset.Open(_folder.Path).Labels.ShouldBe(["gänseblümchen", "rose"]);
    }

    [SkippableFact]
    public void Letter_case_within_one_part_makes_two_classes_and_a_warning()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "other file systems take both names as one");
        _folder.Write("a/1.jpg");
        _folder.Write("A/2.jpg");

        var data = ImageDataset.Open(_folder.Path);

        data.Labels.ShouldBe(["A", "a"]);
        data.Layout.Warnings.ShouldHaveSingleItem().ShouldContain("letter case");
    }

    [Fact]
    public void Classes_named_like_a_layout_are_a_warning()
    {
        _folder.Write("train/1.jpg");
        _folder.Write("bus/2.jpg");

        ImageDataset.Open(_folder.Path).Layout.Warnings.ShouldHaveSingleItem().ShouldContain("'train'");
    }

    [Fact]
    public void Training_on_images_without_labels_says_why_the_manifest_was_not_used()
    {
        _folder.Write("1.jpg");
        _folder.Write("2.jpg");
        _folder.Write("set.csv", "file,width,height\n1.jpg,10,20\n2.jpg,11,21\n");

        ImageDataset.Open(_folder.Path).Layout.Warnings.ShouldHaveSingleItem().ShouldContain("--label-column");
    }
}
