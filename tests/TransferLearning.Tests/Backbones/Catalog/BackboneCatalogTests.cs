using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones.Catalog;

public sealed class BackboneCatalogTests : IDisposable
{
    private static readonly Uri Nowhere = new("https://models.example/");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_library_knows_networks_with_their_preprocessing()
    {
        var catalog = BackboneCatalog.Open();

        catalog.Entries.Length.ShouldBe(10);
        catalog.Entries.Select(e => e.Sha256).ShouldBeUnique();
        catalog.Entries.ShouldAllBe(e => e.Address.Scheme == "https" && e.License == "Apache-2.0");
        CatalogEntry resnet = catalog.Find("resnet50-v1-12");
        resnet.Bytes.ShouldBe(102_576_593);
        resnet.Top1.ShouldBe(0.75f);
        resnet.Preprocessing.ShouldBe(new ImagePreprocessing
        {
            Width = 224,
            Height = 224,
            Resize = ResizeMode.CenterCrop,
            CropFraction = 0.875f,
            Normalization = PixelNormalization.Torchvision,
        });
        catalog.Find("googlenet-12").Preprocessing.Normalization.ShouldBe(PixelNormalization.Caffe);
        catalog.Find("dinov2-small").Preprocessing.ShouldBe(resnet.Preprocessing with { Interpolation = Interpolation.Bicubic });
    }

    [Fact]
    public void An_entry_of_the_users_file_replaces_one_of_the_same_name_and_adds_others()
    {
        string json = UserCatalog.Json(Nowhere);
        string second = json[json.IndexOf("    {", StringComparison.Ordinal)..(json.LastIndexOf(']') - 1)]
            .Replace("\"toy\"", "\"MobileNetV2-12\"", StringComparison.Ordinal);
        string file = _folder.Write("own.json", json.Replace("\n  ]", $",\n{second}  ] // mine", StringComparison.Ordinal));

        var catalog = BackboneCatalog.Open(new CatalogOptions { CatalogFile = file });

        catalog.Entries.Length.ShouldBe(11);
        catalog.Entries[0].Name.ShouldBe("MobileNetV2-12");
        catalog.Find("mobilenetv2-12").License.ShouldBe("MIT");
        catalog.Find("toy").Address.ShouldBe(new Uri(Nowhere, "toy.onnx"));
    }

    [Theory]
    [InlineData("\"name\": \"toy\"", "\"name\": \"../toy\"", "backbones[0].name is \"../toy\": expected at most 100 letters")]
    [InlineData("\"name\": \"toy\"", "\"name\": \"Compact\"", "backbones[0].name is \"Compact\": expected another name")]
    [InlineData("\"bytes\": ", "\"bytes\": -", "backbones[0].bytes is -")]
    [InlineData("\"sha256\": \"", "\"sha256\": \"x", "backbones[0].sha256 is \"x")]
    [InlineData("https://models.example/toy.onnx", "models/toy.onnx", "backbones[0].address is \"models/toy.onnx\": expected an address")]
    [InlineData("\"license\": \"MIT\",", "", "backbones[0].license is missing")]
    [InlineData("\"license\"", "\"licence\"", "backbones[0].licence is not a field: expected name, bytes, sha256")]
    [InlineData("\"license\": \"MIT\"", "\"license\": \"MIT\", \"license\": \"MIT\"", "backbones[0].license is given twice")]
    [InlineData("\"width\": 128", "\"width\": 8", "backbones[0].width is 8: expected a whole number from 16 to 2048")]
    [InlineData("\"channels\": \"rgb\"", "\"channels\": \"grb\"", "preprocessing.channels is \"grb\": expected 'rgb' or 'bgr'")]
    [InlineData("\"scale\": [127.5,", "\"scale\": [0,", "preprocessing.scale[0] is 0: expected a number above 0")]
    [InlineData("\"mean\": [127.5,", "\"mean\": [", "preprocessing.mean is [ 127.5, 127.5]: expected three numbers")]
    [InlineData("\"resize\": \"crop\"", "\"resize\": \"zoom\"", "preprocessing.resize is \"zoom\": expected 'stretch' or 'crop' or 'pad'")]
    [InlineData("\"crop\": 1", "\"crop\": 1.5", "preprocessing.crop is 1.5: expected a share above 0 and at most 1")]
    [InlineData("\"interpolation\": \"bilinear\"", "\"interpolation\": \"nearest\"", "\"nearest\": expected 'bilinear' or 'bicubic'")]
    [InlineData("\"top1\": null", "\"top1\": 75", "backbones[0].top1 is 75: expected a share from 0 to 1, or null")]
    [InlineData("\"backbones\": [", "\"backbones\": [[],", "backbones[0] is []: expected an object in braces")]
    [InlineData("{\n", "{{\n", "is not valid JSON")]
    public void A_users_file_that_is_not_valid_is_refused_by_file_and_field(string right, string wrong, string message)
    {
        string json = UserCatalog.Json(Nowhere).ReplaceLineEndings("\n");
        json.ShouldContain(right);
        int at = json.IndexOf(right, StringComparison.Ordinal);
        string file = _folder.Write("own.json", json.Remove(at, right.Length).Insert(at, wrong));

        TransferLearningException e = Should.Throw<TransferLearningException>(
            () => BackboneCatalog.Open(new CatalogOptions { CatalogFile = file }));

        e.Message.ShouldContain(file);
        e.Message.ShouldContain(message);
    }

    [Fact]
    public void A_users_file_that_is_missing_is_named()
    {
        string file = _folder.At("none.json");

        Should.Throw<TransferLearningException>(() => BackboneCatalog.Open(new CatalogOptions { CatalogFile = file }))
            .Message.ShouldContain($"the catalog '{file}' cannot be read");
    }

    [Fact]
    public void A_name_that_is_not_known_is_answered_with_those_that_are()
    {
        Should.Throw<TransferLearningException>(() => BackboneCatalog.Open().Find("resnet50"))
            .Message.ShouldContain("resnet50-v1-12, resnet50-v2-7, efficientnet-lite4-11");
    }

    [Fact]
    public void Options_that_cannot_be_used_are_reported_together()
    {
        var options = new CatalogOptions { Attempts = 0, Patience = TimeSpan.Zero, From = "", Folder = "", CatalogFile = "" };

        InvalidOptionsException e = Should.Throw<InvalidOptionsException>(() => BackboneCatalog.Open(options));

        e.Problems.Count.ShouldBe(5);
    }
}
