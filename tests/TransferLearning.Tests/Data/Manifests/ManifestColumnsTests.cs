using System.Text;
using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Manifests;

/// <summary>Headers and names as tools and people write them.</summary>
public sealed class ManifestColumnsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ManifestColumnsTests()
    {
        for (int i = 1; i <= 8; i++)
        {
            _folder.Write($"images/IMG_{i}.jpg");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,breed")]
    [InlineData("Image_ID,Label")]
    [InlineData("file name;category", ';')]
    [InlineData("Bilddatei;Klasse", ';')]
    [InlineData("Pfad\tKategorie", '\t')]
    [InlineData("fichier,étiquette")]
    [InlineData("archivo,etiqueta")]
    [InlineData("文件名,类别")]
    [InlineData("画像,ラベル")]
    [InlineData("ImageSource,Label")]
    [InlineData("filenames,cats")]
    [InlineData("imgPath,className")]
    [InlineData("foto,wat is het")]
    [InlineData("column one,column two")]
    public void Columns_are_recognized_by_name_or_by_looking(string header, char delimiter = ',')
    {
        string[] rows = [.. Enumerable.Range(1, 8).Select(i => $"IMG_{i}.jpg{delimiter}{(i % 2 == 0 ? "rose" : "aster")}")];

        var data = ImageDataset.Open(_folder.Write("set.csv", string.Join('\n', [header, .. rows])));

        data.Count.ShouldBe(8);
        data.Labels.ShouldBe(["aster", "rose"]);
        data.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("IMG_1")]
    [InlineData("img_1.JPG")]
    [InlineData("images/IMG_1.jpg")]
    [InlineData("images\\IMG_1.jpg")]
    [InlineData("./images/IMG_1")]
    [InlineData("/kaggle/input/flowers/images/IMG_1.jpg")]
    [InlineData("C:\\Users\\ada\\images\\IMG_1.jpg")]
    public void A_name_is_found_however_it_is_written(string name)
    {
        string text = $"image,label\n{name},rose\nIMG_2,aster\n";
        string manifest = _folder.Write("set.csv", text);

        ImageDataset.Open(manifest).Images.Select(i => Path.GetFileName(i.Path)).ShouldBe(["IMG_1.jpg", "IMG_2.jpg"]);
        ImageDataset.Open(_folder.Path).Images.Select(i => Path.GetFileName(i.Path)).ShouldBe(["IMG_1.jpg", "IMG_2.jpg"]);
    }

    [Fact]
    public void A_name_in_another_folder_is_not_taken_for_the_one_that_is_missing()
    {
        _folder.Write("other/IMG_9.jpg");

        var data = ImageDataset.Open(_folder.Write("set.csv", "image,label\nabsent/IMG_9.jpg,rose\nIMG_1.jpg,aster\n"));

        data.Images.ShouldHaveSingleItem().Label.ShouldBe("aster");
        data.Findings.ShouldHaveSingleItem().Kind.ShouldBe(DatasetFindingKind.Missing);
    }

    [Fact]
    public void A_name_of_several_images_is_given_none_of_them_unless_the_manifest_is_for_one_part()
    {
        _folder.Write("train/x.jpg");
        _folder.Write("test/x.jpg");

        var train = ImageDataset.Open(_folder.Write("train.csv", "image,label\nx.jpg,rose\n"));
        train.Images.ShouldHaveSingleItem().Path.ShouldContain("train");

        var other = ImageDataset.Open(_folder.Write("set.csv", "image,label\nx.jpg,rose\nIMG_1.jpg,aster\n"));
        other.Images.ShouldHaveSingleItem().Label.ShouldBe("aster");
    }

    [Fact]
    public void Missing_images_are_counted_the_same_through_every_door()
    {
        string manifest = _folder.Write("set.csv", "image,label\nIMG_1.jpg,rose\nIMG_2.jpg,aster\ngone.jpg,aster\n");
        string zip = Path.Combine(Path.GetDirectoryName(_folder.Path)!, Path.GetFileName(_folder.Path) + ".zip");
        System.IO.Compression.ZipFile.CreateFromDirectory(_folder.Path, zip);
        try
        {
            foreach (string door in new[] { manifest, _folder.Path, zip })
            {
                var data = ImageDataset.Open(door);
                data.Layout.LeftOut.Single(l => l.Kind == DatasetFindingKind.Missing).Count.ShouldBe(1, door);
                data.Count.ShouldBe(2, door);
            }
        }
        finally
        {
            File.Delete(zip);
        }
    }

    [Fact]
    public void Names_of_classes_are_preferred_to_their_numbers()
    {
        string manifest = _folder.Write("set.csv", "image,class_id,class_name\nIMG_1.jpg,0,rose\nIMG_2.jpg,1,aster\n");

        ImageDataset.Open(manifest).Labels.ShouldBe(["aster", "rose"]);
    }

    [Fact]
    public void Given_columns_win()
    {
        string manifest = _folder.Write("set.csv", "image,label,where\nIMG_1.jpg,rose,north\nIMG_2.jpg,aster,south\n");

        ImageDataset.Open(manifest, new ImageDatasetOptions { LabelColumn = "Where" }).Labels.ShouldBe(["north", "south"]);
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(manifest, new ImageDatasetOptions { PathColumn = "file" }))
            .Message.ShouldContain("image, label, where");
    }

    [Theory]
    [InlineData("{\"file_name\": \"IMG_1.jpg\", \"label\": \"rose\"}\n{\"label\": 3, \"file_name\": \"IMG_2\"}\n", "3, rose")]
    [InlineData("{\"image\": \"IMG_1.jpg\", \"labels\": [\"rose\"]}\n\n{\"image\": \"IMG_2.jpg\", \"labels\": [\"aster\"]}", "aster, rose")]
    public void Lines_of_JSON_are_rows(string text, string labels) =>
        string.Join(", ", ImageDataset.Open(_folder.Write("set.jsonl", text)).Labels).ShouldBe(labels);

    [Fact]
    public void A_broken_line_of_JSON_is_named() =>
        Should.Throw<TransferLearningException>(() =>
                ImageDataset.Open(_folder.Write("set.jsonl", "{\"file_name\": \"IMG_1.jpg\"}\n{\"file")))
            .Message.ShouldContain("line 2");

    [Fact]
    public void A_spreadsheet_in_UTF_16_is_read()
    {
        byte[] text = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("image\tlabel\nIMG_1.jpg\tröse\n")];

        ImageDataset.Open(_folder.Write("set.csv", text)).Labels.ShouldBe(["röse"]);
    }
}
