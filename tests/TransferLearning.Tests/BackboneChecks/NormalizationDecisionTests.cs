using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.BackboneChecks;

public class NormalizationDecisionTests
{
    private const string Network = "mobilenet_v1_0.5_160.onnx";

    [SkippableFact]
    public void A_pipeline_measures_an_open_normalization_once_and_says_so_every_time()
    {
        using var cache = new TemporaryFolder();
        var backbone = Backbone.FromFile(SharedData.Network(Network), new BackboneOptions { MeasureNormalization = true });
        TransferPipeline<FineTuningResult> pipeline =
            TransferPipeline.FineTune(SharedData.Data("flowers-small")).WithBackbone(backbone).WithBottleneckCache(cache.Path);

        FineTuningResult first = pipeline.Fit();
        DateTime written = File.GetLastWriteTimeUtc(Directory.GetFiles(cache.Path, "*.normalization").ShouldHaveSingleItem());
        FineTuningResult second = pipeline.Fit();
        using TransferModel model = first.Model, again = second.Model;

        first.Extraction.Warnings.ShouldContain(w => w.Contains($"the normalization of '{backbone.Name}' was measured"));
        second.Extraction.Warnings.ShouldBe(first.Extraction.Warnings);
        second.Extraction.CacheMisses.ShouldBe(0);
        File.GetLastWriteTimeUtc(Directory.GetFiles(cache.Path, "*.normalization")[0]).ShouldBe(written);
        model.Origin.Facts["normalization"].ShouldStartWith("measured: ");
        again.Preprocessing.ShouldBe(model.Preprocessing);
    }

    [SkippableFact]
    public void What_the_user_says_is_not_measured()
    {
        var backbone = Backbone.FromFile(
            SharedData.Network(Network), new BackboneOptions { Normalization = PixelNormalization.Torchvision });

        NormalizationDecision decision = Decide(backbone, null);

        decision.Backbone.ShouldBeSameAs(backbone);
        decision.Notes.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_file_beside_the_network_that_is_clearly_wrong_leads_to_a_warning_and_is_kept()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "network.onnx");
        File.Copy(SharedData.Network("mobilenet_v2_1.0_224.onnx"), path);
        File.WriteAllText(
            Path.Combine(folder.Path, "preprocessor_config.json"),
            """{"image_mean": [123, 117, 104], "image_std": [1, 1, 1], "do_rescale": false}""");
        var backbone = Backbone.FromFile(path);

        NormalizationDecision decision = Decide(backbone, null);

        decision.Backbone.ShouldBeSameAs(backbone);
        string note = decision.Notes.ShouldHaveSingleItem();
        note.ShouldContain("'network' probably wants another normalization than that of");
        note.ShouldContain("preprocessor_config.json");
        note.ShouldContain("--normalization");
    }

    [SkippableFact]
    public void Metadata_about_images_that_is_clearly_wrong_is_replaced_and_this_is_said()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "network.onnx");
        Graph graph = OnnxReader.Read(SharedData.Network(Network));
        using (FileStream file = File.Create(path))
        {
            OnnxWriter.Write(graph with { Metadata = graph.Metadata.SetItem("Image.NominalPixelRange", "NominalRange_0_255") }, file);
        }

        var backbone = Backbone.FromFile(path);
        NormalizationDecision decision = Decide(backbone, null);

        backbone.PreprocessingSource.ShouldBe(PreprocessingSource.Denotation);
        decision.Backbone.Preprocessing.Normalization.ScaleG.ShouldBeGreaterThan(50);
        decision.Notes.ShouldHaveSingleItem().ShouldContain("clearly better, and was taken");
    }

    [SkippableFact]
    public void A_decision_without_labels_is_made_anew_when_there_are_labels()
    {
        using var folder = new TemporaryFolder();
        var cache = new BottleneckCache(folder.Path);
        Backbone backbone = Open();
        var unlabeled = ImageDataset.FromImages(Flowers().Images.Select(i => i.WithLabel(null)));

        IReadOnlyList<string> without = NormalizationDecision.Of(backbone, unlabeled, cache, new ExtractionOptions(), default).Notes;
        IReadOnlyList<string> with = NormalizationDecision.Of(backbone, Flowers(), cache, new ExtractionOptions(), default).Notes;
        IReadOnlyList<string> later = NormalizationDecision.Of(backbone, unlabeled, cache, new ExtractionOptions(), default).Notes;

        without.ShouldHaveSingleItem().ShouldContain("without labels");
        with.ShouldHaveSingleItem().ShouldContain("score");
        later.ShouldBe(with);
    }

    [SkippableFact]
    public void A_damaged_record_is_measured_again()
    {
        using var folder = new TemporaryFolder();
        var cache = new BottleneckCache(folder.Path);
        NormalizationDecision decision = Decide(Open(), cache);
        string record = Directory.GetFiles(folder.Path, "*.normalization").ShouldHaveSingleItem();
        string content = File.ReadAllText(record);

        File.WriteAllText(record, content[..(content.Length / 2)]);
        Decide(Open(), cache).Backbone.Preprocessing.ShouldBe(decision.Backbone.Preprocessing);

        File.ReadAllText(record).ShouldBe(content);
    }

    [SkippableFact]
    public void A_cache_that_cannot_be_written_is_said_and_stops_nothing()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "no folder");

        NormalizationDecision decision = Decide(Open(), new BottleneckCache(file));

        decision.Backbone.PreprocessingSource.ShouldBe(PreprocessingSource.Measured);
        decision.Notes.ShouldContain(n => n.Contains("cannot be kept") && n.Contains(file));
    }

    [SkippableFact]
    public void Clearing_the_cache_forgets_what_was_measured()
    {
        using var folder = new TemporaryFolder();
        var cache = new BottleneckCache(folder.Path);
        Decide(Open(), cache);

        cache.Clear();

        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    private static Backbone Open() =>
        Backbone.FromFile(SharedData.Network(Network), new BackboneOptions { MeasureNormalization = true });

    private static ImageDataset Flowers() => ImageDataset.Open(SharedData.Data("flowers-small"));

    private static NormalizationDecision Decide(Backbone backbone, BottleneckCache? cache) =>
        NormalizationDecision.Of(backbone, Flowers(), cache, new ExtractionOptions(), CancellationToken.None);
}
