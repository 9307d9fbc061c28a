using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Manifests;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_without_a_header_are_path_label_group_split()
    {
        _folder.Write("photos/1.jpg");
        _folder.Write("photos/2.jpg");
        string manifest = _folder.Write("set.csv", "photos/1.jpg,rose,garden,train\r\nphotos/2.jpg,aster,,val\r\n");

        var data = ImageDataset.Open(manifest);

        data.Images.Select(i => (i.Label, i.Group, i.Subset))
            .ShouldBe([("rose", "garden", DatasetSubset.Train), ("aster", null, DatasetSubset.Validation)]);
        data.Images[0].ReadBytes().ShouldBe("image"u8.ToArray());
        data.OwnSplit.ShouldNotBeNull().Validation.Count.ShouldBe(1);
    }

    [Fact]
    public void A_header_names_the_columns_and_cells_may_be_quoted()
    {
        _folder.Write("a, \"b\".jpg", "quoted");
        string manifest = _folder.Write("set.csv", "\uFEFFLabel,Person,Path\n\"rose, red\",Ada,\"a, \"\"b\"\".jpg\"\n");

        var data = ImageDataset.FromManifest(manifest);

        LabeledImage image = data.Images.ShouldHaveSingleItem();
        image.Label.ShouldBe("rose, red");
        image.ReadBytes().ShouldBe("quoted"u8.ToArray());
        image.Columns["person"].ShouldBe("Ada");
        data.WithGroups("Person").Images[0].Group.ShouldBe("Ada");
        Should.Throw<TransferLearningException>(() => data.WithGroups("place")).Message.ShouldContain("Label, Person, Path");
    }

    [Theory]
    [InlineData("MZ001.jpg")]
    [InlineData("BZh9.jpg")]
    public void A_row_may_start_like_the_first_bytes_of_another_file(string image)
    {
        _folder.Write(image);
        string manifest = _folder.Write("set.csv", $"{image},rose\n");

        ImageDataset.Open(manifest).Images.ShouldHaveSingleItem().Label.ShouldBe("rose");
    }

    [Theory]
    [InlineData("set.tsv", "1.jpg\trose\n")]
    [InlineData("set.txt", "1.jpg\trose\n")]
    [InlineData("set.csv", "1.jpg;rose\n\n")]
    [InlineData("set.csv", "1.jpg,rose")]
    public void The_delimiter_is_detected(string name, string text)
    {
        _folder.Write("1.jpg");

        LabeledImage image = ImageDataset.Open(_folder.Write(name, text)).Images.ShouldHaveSingleItem();

        (Path.GetFileName(image.Path), image.Label).ShouldBe(("1.jpg", "rose"));
    }

    [Fact]
    public void A_manifest_of_missing_images_names_the_path_of_the_first()
    {
        string manifest = _folder.Write("set.csv", "path,label\nabsent/1.jpg,rose\n");

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(manifest)).Message.ShouldContain(_folder.At("absent/1.jpg"));
    }

    [Theory]
    [InlineData("1.jpg,\"rose\n", "line 1")]
    [InlineData("1.jpg,rose\n1.jpg,\"rose\"x\n", "line 2")]
    [InlineData("1.jpg,rose,,sideways\n", "sideways")]
    [InlineData("1.jpg,rose\n,aster\n", "line 2")]
    [InlineData("", "names no images")]
    public void A_broken_manifest_names_the_line(string text, string expected)
    {
        _folder.Write("1.jpg");

        string manifest = _folder.Write("set.csv", text);

        Should.Throw<TransferLearningException>(() => ImageDataset.FromManifest(manifest)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("{\"file_name\": \"\\ud800.jpg\", \"label\": \"rose\"}")]
    [InlineData("{\"\\udfff\": \"1.jpg\", \"label\": \"rose\"}")]
    public void Half_of_a_character_in_JSON_is_an_error_with_the_line(string row)
    {
        string manifest = _folder.Write("set.jsonl", $"{{\"file_name\": \"1.jpg\", \"label\": \"rose\"}}\n{row}\n");

        Should.Throw<TransferLearningException>(() => ImageDataset.FromManifest(manifest)).Message.ShouldContain("line 2 is not JSON");
    }

    [Fact]
    public void A_file_that_is_not_text_is_not_a_manifest()
    {
        string file = _folder.Write("set.csv", [0xff, 0xfe, 0x80]);

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(file)).Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void The_line_of_what_is_no_text_is_named()
    {
        Message("path,label\n1.jpg,a\nx\0y.jpg,b\n"u8.ToArray()).ShouldContain("a NUL character in line 3");
        Message([.. "path,label\n1.jpg,"u8, 0xE9, .. "\n2.jpg,b\n"u8]).ShouldContain("line 2 has bytes that are not UTF-8");
        Message(System.Text.Encoding.Unicode.GetBytes("path,label\n1.jpg,a\n")).ShouldContain("UTF-16 without a byte order mark");
        Message(System.Text.Encoding.BigEndianUnicode.GetBytes("path,label\n1.jpg,\u00e9\n")).ShouldContain("save it as UTF-8");

        string Message(byte[] content) =>
            Should.Throw<TransferLearningException>(() => ImageDataset.FromManifest(_folder.Write("set.csv", content))).Message;
    }

    [SkippableFact]
    public void A_real_manifest_among_its_photos_is_found()
    {
        string folder = SharedData.Data("imagenet-samples");
        var byFile = ImageDataset.Open(Path.Combine(folder, "tags.tsv"));
        var byFolder = ImageDataset.Open(folder);

        byFile.Count.ShouldBe(19);
        byFile.Labels.ShouldBe(["broccoli", "canoe", "coffeepot", "pizza", "teddy bear", "toaster"]);
        byFolder.Images.Select(i => (i.Path, i.Label)).ShouldBe(byFile.Images.Select(i => (i.Path, i.Label)));
    }
}
