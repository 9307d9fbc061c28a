using System.IO.Compression;
using System.Text;
using TransferLearning.BackboneChecks;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests.Formats;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Inference;

/// <summary>Whatever one image throws leaves out that image, named, and stops nothing.</summary>
public sealed class BadImageTests : IDisposable
{
    private const string Fault = "a fault of the decoder TransferLearning.Imaging.Tests.Formats.FailingDecoder";

    private static readonly ImageFormats Formats = ImageFormats.BuiltIn.Add(new FailingDecoder(new InvalidCastException("in a table")));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Extraction_prediction_check_and_normalization_leave_out_the_image_and_name_the_exception()
    {
        ImageDataset data = WithBadImage();
        using TransferModel model = Fit(data).Model;

        Problem(new BottleneckExtractor(TinyBackbone.Value).Extract(data).Summary.Skipped.ShouldHaveSingleItem());
        ImagePrediction predicted = model.PredictAll(data).Where(p => p.Error is not null).ShouldHaveSingleItem();
        Problem(new SkippedImage(predicted.Path, predicted.Error!));
        Problem(model.Evaluate(data).Skipped.ShouldHaveSingleItem());
        UnreadableImage unreadable = data.Check().Unreadable.ShouldHaveSingleItem();
        Problem(new SkippedImage(unreadable.Path, unreadable.Reason));
        BackboneCheck.Run(TinyBackbone.Value, data).Backbone.ShouldNotBeNull();
    }

    [Fact]
    public void A_report_of_a_run_with_the_image_is_written()
    {
        using var html = new MemoryStream();

        Report.Of(Fit(WithBadImage())).Save(html);

        Encoding.UTF8.GetString(html.ToArray()).ShouldContain("bad.fail");
    }

    [Fact]
    public void A_single_prediction_names_the_fault()
    {
        using TransferModel model = Fit(WithBadImage()).Model;

        Should.Throw<TransferLearningException>(() => model.Predict("FAIL"u8.ToArray())).Message.ShouldContain(Fault);
    }

    [SkippableFact]
    public void A_sequential_image_of_one_component_out_of_three_is_left_out()
    {
        var bad = LabeledImage.FromFile(SharedData.Case("reliability-2026-11/one_component_baseline.jpg"), "red");

        FineTuningResult result = Fit(ImageDataset.FromImages([.. DrawnImages.Set(12, "blue", "red").Images, bad]));

        result.Extraction.Skipped.ShouldHaveSingleItem().Reason.ShouldContain("without a scan of component");
    }

    [SkippableFact]
    public void A_folder_of_all_inputs_that_failed_trains_on_the_others_and_counts_them()
    {
        foreach ((int index, LabeledImage image) in DrawnImages.Set(12, "blue", "red").Images.Index())
        {
            _folder.Write($"set/{image.Label}/{index}.png", image.ReadBytes());
        }

        string[] inputs =
        [
            .. Directory.EnumerateFiles(SharedData.Case("reliability-2026-11"))
                .Where(f => !f.EndsWith(".md", StringComparison.OrdinalIgnoreCase)),
        ];
        Array.ForEach(inputs, f => File.Copy(f, _folder.At($"set/red/{Path.GetFileName(f)}")));

        FineTuningResult result = Fit(ImageDataset.Open(_folder.At("set")));

        result.Extraction.Skipped.Select(s => Path.GetFileName(s.Path)).Order(StringComparer.Ordinal)
            .ShouldBe(["one_component_baseline.jpg", "rle16384.bmp", "screen16384.gif"]);
        result.Extraction.Skipped.ShouldAllBe(s => s.Reason.Length > 0 && !s.Reason.Contains("a fault of"));
        ImageDataset.Open(_folder.At("set")).Findings.Count(f => f.Kind == DatasetFindingKind.NotAnImage)
            .ShouldBe(inputs.Length - result.Extraction.Skipped.Count);
    }

    [SkippableTheory]
    [InlineData("claim2g.zip", 2147483647)]
    [InlineData("claim4g.zip", 4294967294)]
    public void An_entry_that_claims_gigabytes_is_left_out(string name, long claim)
    {
        DatasetCheck check = ImageDataset.Open(SharedData.Case($"reliability-2026-11/{name}")).Check();

        check.Unreadable.ShouldHaveSingleItem().Reason
            .ShouldContain($"it has {claim} bytes in 15556 compressed ones, which cannot be");
        check.Images.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_damaged_entry_of_an_archive_is_left_out()
    {
        _folder.Write("set/red/1.jpg", DrawnImages.Disc(0, 1).File);
        _folder.Write("set/blue/1.jpg", DrawnImages.Disc(1, 1).File);
        ZipFile.CreateFromDirectory(_folder.At("set"), _folder.At("set.zip"), CompressionLevel.SmallestSize, includeBaseDirectory: false);
        byte[] archive = File.ReadAllBytes(_folder.At("set.zip"));
        archive.AsSpan(100, 400).Fill(0xFF);
        File.WriteAllBytes(_folder.At("set.zip"), archive);

        ImageDataset.Open(_folder.At("set.zip")).Check().Unreadable.ShouldHaveSingleItem().Reason.ShouldNotBeEmpty();
    }

    private static void Problem(SkippedImage skipped)
    {
        skipped.Path.ShouldEndWith("bad.fail");
        skipped.Reason.ShouldContain(Fault);
        skipped.Reason.ShouldContain("System.InvalidCastException: in a table");
    }

    private static FineTuningResult Fit(ImageDataset data) =>
        TransferPipeline.FineTune(data).WithTinyBackbone().WithSharedBottlenecks().WithImageFormats(Formats).Fit();

    private static ImageDataset WithBadImage() => ImageDataset.FromImages(
    [
        .. DrawnImages.Set(12, "blue", "red").Images.Select(i => i.WithFormats(Formats)),
        LabeledImage.FromBytes("FAIL"u8.ToArray(), "red", "bad.fail").WithFormats(Formats),
    ]);
}
