using System.Runtime.Versioning;
using TransferLearning.Data;

namespace TransferLearning.Tests.Data;

public sealed class FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_a_class_and_its_inner_folders_belong_to_it()
    {
        _folder.Write("rose/2.jpg");
        _folder.Write("rose/inner/1.PNG");
        _folder.Write("aster/1.jpeg");

        var data = ImageDataset.FromFolder(_folder.Path);

        data.Labels.ShouldBe(["aster", "rose"]);
        data.Images.Select(i => Path.GetRelativePath(_folder.Path, i.Path).Replace('\\', '/'))
            .ShouldBe(["aster/1.jpeg", "rose/2.jpg", "rose/inner/1.PNG"]);
        data.LabelIndices.ToArray().ShouldBe([0, 1, 1]);
        data.OwnSplit.ShouldBeNull();
        data.IsLabeled.ShouldBeTrue();
    }

    [Fact]
    public void Stray_files_become_findings_and_hidden_ones_are_ignored()
    {
        _folder.Write("rose/1.jpg");
        _folder.Write("rose/notes.txt");
        _folder.Write("LICENSE.txt");
        _folder.Write("outside.jpg");
        _folder.Write(".DS_Store");
        _folder.Write("rose/._1.jpg");
        _folder.Write(".hidden/1.jpg");

        var data = ImageDataset.FromFolder(_folder.Path);

        data.Count.ShouldBe(1);
        data.Findings.Select(f => Path.GetFileName(f.Path)).Order().ShouldBe(["LICENSE.txt", "notes.txt", "outside.jpg"]);
    }

    [Theory]
    [InlineData("val")]
    [InlineData("validation")]
    [InlineData("test")]
    public void A_folder_train_beside_one_for_validation_is_the_own_split(string neighbor)
    {
        _folder.Write("train/rose/1.jpg");
        _folder.Write("train/aster/1.jpg");
        _folder.Write($"{neighbor}/rose/2.jpg");
        _folder.Write("extra/rose/3.jpg");

        var data = ImageDataset.FromFolder(_folder.Path);

        data.Labels.ShouldBe(["aster", "rose"]);
        DatasetSplit split = data.OwnSplit.ShouldNotBeNull();
        split.TrainIndices.ToArray().Select(i => data.Images[i]).ShouldBe(split.Train.Images);
        split.Train.Count.ShouldBe(2);
        split.Validation.Images.ShouldHaveSingleItem().Label.ShouldBe("rose");
        split.Validation.LabelIndices.ToArray().ShouldBe([1]);
        data.Findings.ShouldHaveSingleItem().Path.ShouldEndWith("3.jpg");
    }

    [Fact]
    public void A_folder_train_that_holds_images_itself_is_a_class()
    {
        _folder.Write("train/1.jpg");
        _folder.Write("bus/1.jpg");
        _folder.Write("test/1.jpg");

        ImageDataset.FromFolder(_folder.Path).Labels.ShouldBe(["bus", "test", "train"]);
    }

    [Fact]
    public void Wrapper_folders_are_skipped()
    {
        _folder.Write("flowers-1.0/photos/rose/1.jpg");
        _folder.Write("flowers-1.0/photos/aster/1.jpg");

        ImageDataset.FromFolder(_folder.Path).Labels.ShouldBe(["aster", "rose"]);
    }

    [Fact]
    public void Images_in_no_folder_have_no_label()
    {
        _folder.Write("b.jpg");
        _folder.Write("a.jpg");

        var data = ImageDataset.Open(_folder.Path);

        data.Images.Select(i => Path.GetFileName(i.Path)).ShouldBe(["a.jpg", "b.jpg"]);
        data.LabelIndices.ToArray().ShouldBe([-1, -1]);
        data.IsLabeled.ShouldBeFalse();
    }

    [SkippableFact]
    public void A_link_back_is_not_followed_and_a_link_elsewhere_is()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("1.jpg");
        elsewhere.Write("deeper/2.jpg");
        _folder.Write("rose/1.jpg");
        Directory.CreateSymbolicLink(_folder.At("rose/loop"), "..");
        Directory.CreateSymbolicLink(_folder.At("rose/self"), ".");
        Directory.CreateSymbolicLink(_folder.At("aster"), elsewhere.Path);

        var data = ImageDataset.FromFolder(_folder.Path);

        data.Images.Select(i => i.Label).ShouldBe(["aster", "aster", "rose"]);
        data.Findings.Count.ShouldBe(2);
    }

    [Fact]
    public void A_missing_path_is_named_with_what_was_looked_for()
    {
        TransferLearningException error = Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.At("nothing")));

        error.Message.ShouldContain(_folder.At("nothing"));
        error.Message.ShouldContain("one folder per class");
    }

    [Fact]
    public void An_empty_folder_and_one_without_images_have_different_messages()
    {
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path)).Message.ShouldContain("is empty");

        _folder.Write("rose/1.txt");
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path)).Message.ShouldContain("no images");
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_without_permission_is_named()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "an administrator may read every folder");
        _folder.Write("rose/1.jpg");
        string locked = Directory.CreateDirectory(_folder.At("locked")).FullName;
        File.SetUnixFileMode(locked, UnixFileMode.None);
        try
        {
            Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path)).Message.ShouldContain(locked);
        }
        finally
        {
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    public void Real_folders_are_read_as_they_are()
    {
        var flowers = ImageDataset.Open(SharedData.Data("flowers-small"));
        flowers.Count.ShouldBe(200);
        flowers.Labels.ShouldBe(["daisy", "dandelion", "roses", "sunflowers", "tulips"]);
        flowers.Findings.ShouldHaveSingleItem().Path.ShouldEndWith("LICENSE.txt");

        DatasetSplit insects = ImageDataset.Open(SharedData.Data("hymenoptera")).OwnSplit.ShouldNotBeNull();
        (insects.Train.Count, insects.Validation.Count).ShouldBe((245, 153));
        insects.Train.Labels.ShouldBe(["ants", "bees"]);
    }
}
