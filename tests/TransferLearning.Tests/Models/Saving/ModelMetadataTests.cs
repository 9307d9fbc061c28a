using System.Collections.Immutable;
using TransferLearning.Heads;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Models.Saving;
using TransferLearning.OutOfDistribution;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Models.Saving;

public class ModelMetadataTests
{
    private static readonly ImagePreprocessing Preprocessing = new()
    {
        Width = 96,
        Height = 64,
        Resize = ResizeMode.CenterCrop,
        Normalization = new PixelNormalization(123.675f, 116.28f, 103.53f, 58.395f, 57.12f, 57.375f),
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        var origin = new ModelOrigin
        {
            Backbone = "a \"b\" \n é",
            Created = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)),
            Facts = new Dictionary<string, string> { ["seed"] = "1", ["set"] = "flowers" },
        };

        var read = ModelMetadata.Read(new ModelMetadata(["x", "ß", "z"], Preprocessing, origin).Write());

        read.Labels.ShouldBe(["x", "ß", "z"]);
        read.Preprocessing.ShouldBe(Preprocessing);
        (read.Origin.Backbone, read.Origin.Created).ShouldBe((origin.Backbone, origin.Created));
        read.Origin.Facts.ShouldBe(origin.Facts, ignoreOrder: true);
    }

    [Fact]
    public void Settings_that_are_not_the_defaults_are_kept()
    {
        ImagePreprocessing caffe = Preprocessing with
        {
            Resize = ResizeMode.Pad,
            CropFraction = 0.875f,
            Interpolation = Interpolation.Bicubic,
            Normalization = Preprocessing.Normalization with { ChannelOrder = ChannelOrder.Bgr },
        };

        ImmutableSortedDictionary<string, string> written = new ModelMetadata(["a", "b"], caffe, new ModelOrigin()).Write();

        written["transferlearning.preprocessing"].ShouldEndWith(",\"crop\":0.875,\"interpolation\":\"bicubic\",\"channels\":\"bgr\"}");
        ModelMetadata.Read(written).Preprocessing.ShouldBe(caffe);
        new ModelMetadata(["a", "b"], Preprocessing, new ModelOrigin()).Write()["transferlearning.preprocessing"].ShouldBe(
            "{\"width\":96,\"height\":64,\"resize\":\"CenterCrop\",\"mean\":[123.675,116.28,103.53],\"scale\":[58.395,57.12,57.375]}");
    }

    [Fact]
    public void Unknown_facts_of_the_origin_are_left_out()
    {
        ImmutableSortedDictionary<string, string> written = new ModelMetadata(["a", "b"], Preprocessing, new ModelOrigin()).Write();

        written["transferlearning.origin"].ShouldBe("{\"facts\":{}}");
        ModelMetadata.Read(written).Origin.Created.ShouldBeNull();
    }

    [Fact]
    public void A_model_of_version_1_keeps_its_detector_and_its_version()
    {
        LabeledBottlenecks rows = SyntheticBottlenecks.Create(200, 20, 2, seed: 3, separation: 1);
        OutOfDistributionDetector detector = OutOfDistributionDetector.Fit(rows, rows, null, 0.05, 1)!;
        var model = new ModelMetadata(["a", "b"], Preprocessing, new ModelOrigin());
        ImmutableSortedDictionary<string, string> earlier = model.Write()
            .Add("transferlearning.unknown", Convert.ToBase64String(EarlierDetectorFormat.Write(detector)));

        ModelMetadata read = ModelMetadata.Read(earlier), now = ModelMetadata.Read((model with { Detector = detector }).Write());

        earlier["transferlearning.version"].ShouldBe("1");
        read.Write().ShouldBe(earlier, ignoreOrder: true);
        (model with { Detector = detector }).Write()["transferlearning.version"].ShouldBe("3");
        ReadOnlySpan<float> row = rows.Bottlenecks.Row(7);
        now.Detector!.Score(row).ShouldBe(detector.Score(row));
        read.Detector!.Score(row).ShouldBe(OfVersion2(detector).Score(row), 0.05f);
    }

    [Fact]
    public void A_model_of_version_2_keeps_its_detector_and_its_version()
    {
        LabeledBottlenecks rows = SyntheticBottlenecks.Create(200, 20, 2, seed: 3, separation: 1);
        OutOfDistributionDetector detector = OfVersion2(OutOfDistributionDetector.Fit(rows, rows, null, 0.05, 1)!);
        ImmutableSortedDictionary<string, string> earlier =
            (new ModelMetadata(["a", "b"], Preprocessing, new ModelOrigin()) with { Detector = detector }).Write();

        var read = ModelMetadata.Read(earlier);

        earlier["transferlearning.version"].ShouldBe("2");
        read.Write().ShouldBe(earlier, ignoreOrder: true);
        read.Detector!.Score(rows.Bottlenecks.Row(7)).ShouldBe(detector.Score(rows.Bottlenecks.Row(7)));
    }

    [Theory]
    [InlineData("transferlearning.labels", "[\"a\", null]")]
    [InlineData("transferlearning.labels", "{}")]
    [InlineData("transferlearning.labels", "[\"a\"")]
    [InlineData("transferlearning.preprocessing", "{\"width\":1,\"height\":1,\"resize\":\"Stretch\",\"mean\":[1,2,3],\"scale\":[1,0,1]}")]
    [InlineData("transferlearning.preprocessing", "{\"width\":1,\"height\":1,\"resize\":\"Wrap\",\"mean\":[1,2,3],\"scale\":[1,1,1]}")]
    [InlineData("transferlearning.preprocessing", "{\"width\":0,\"height\":1,\"resize\":\"Stretch\",\"mean\":[1,2,3],\"scale\":[1,1,1]}")]
    [InlineData("transferlearning.preprocessing", "{\"height\":1}")]
    [InlineData(
        "transferlearning.preprocessing",
        "{\"width\":1,\"height\":1,\"resize\":\"Stretch\",\"mean\":[1,2,3],\"scale\":[1,1,1],\"channels\":\"gbr\"}")]
    [InlineData(
        "transferlearning.preprocessing",
        "{\"width\":1,\"height\":1,\"resize\":\"Pad\",\"mean\":[1,2,3],\"scale\":[1,1,1],\"interpolation\":\"cubic\"}")]
    [InlineData(
        "transferlearning.preprocessing",
        "{\"width\":1,\"height\":1,\"resize\":\"Stretch\",\"mean\":[1,2,3],\"scale\":[1,1,1],\"crop\":0}")]
    [InlineData("transferlearning.origin", "{\"created\":\"yesterday\"}")]
    [InlineData("transferlearning.origin", "{\"facts\":{\"a\":1}}")]
    [InlineData("transferlearning.origin", "7")]
    public void Damaged_metadata_is_an_error(string key, string text)
    {
        ImmutableSortedDictionary<string, string> written = new ModelMetadata(["a", "b"], Preprocessing, new ModelOrigin()).Write();

        Should.Throw<TransferLearningException>(() => ModelMetadata.Read(written.SetItem(key, text)))
            .Message.ShouldContain("damaged metadata");
    }

    private static OutOfDistributionDetector OfVersion2(OutOfDistributionDetector detector) =>
        DetectorFormat.Read(DetectorFormat.Write(detector, version: 2), version: 2);
}
