using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests;

/// <summary>The trainer in the strategies' pipelines, with its own network on real photos.</summary>
public sealed class MLNetRetrainerPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_pipeline_uses_the_trainers_network_and_refuses_another()
    {
        MLNetRetrainer retrainer = WithRealNetwork(new SimulatedTrainer());
        TransferPipeline<FineTuningResult> pipeline =
            TransferPipeline.FineTune(Photos(8)).WithRetrainer(retrainer).WithoutBottleneckCache();

        FineTuningResult result = pipeline.Fit();
        InvalidOptionsException refused = Should.Throw<InvalidOptionsException>(
            () => pipeline.WithBackbone(Backbone.Compact).Fit());

        result.Model.Origin.Backbone.ShouldBe("mobilenet_v2");
        result.Metrics.Accuracy.ShouldBeGreaterThan(0.5);
        refused.Problems.ShouldHaveSingleItem().ShouldContain("leave WithBackbone out");
        result.Model.Dispose();
    }

    [SkippableFact]
    public void A_fold_trains_on_its_own_images_only_and_each_image_is_computed_once()
    {
        var trainer = new SimulatedTrainer();
        ImageDataset photos = Photos(9);

        CrossValidationResult result = TransferPipeline.CrossValidate(photos, new CrossValidationOptions { Folds = 3 })
            .WithRetrainer(WithRealNetwork(trainer)).WithBottleneckCache(_folder.At("cache")).Fit();

        result.Extraction.CacheMisses.ShouldBe(18);
        float[][][] final = [.. trainer.TrainingRows.Where((_, fit) => fit % 2 == 1)];
        final.Select(r => r.Length).ShouldBe([12, 12, 12, 18], "the run before each chooses the number of epochs");
        foreach (float[][] rows in final.Take(3))
        {
            // Every image is missing from the training file of exactly one fold.
            rows.DistinctBy(r => string.Join(',', r.Take(8))).Count().ShouldBe(12);
        }

        final.Take(3).SelectMany(r => r).CountBy(r => string.Join(',', r.Take(8))).ShouldAllBe(c => c.Value == 2);
        result.Model.Dispose();
    }

    [SkippableFact]
    public void An_image_that_cannot_be_decoded_is_named()
    {
        var bad = LabeledImage.FromBytes("no image"u8.ToArray(), "ants", "broken.jpg");
        var trainer = new SimulatedTrainer();

        FineTuningResult result = TransferPipeline.FineTune(ImageDataset.FromImages([.. Photos(8).Images, bad]))
            .WithRetrainer(WithRealNetwork(trainer)).WithoutBottleneckCache().Fit();

        result.Extraction.Skipped.ShouldHaveSingleItem().Path.ShouldBe("broken.jpg");
        (trainer.TrainingRows[^1].Length + trainer.ValidationRows[^1]).ShouldBe(16);
        result.Model.Dispose();
    }

    [SkippableFact]
    public void The_other_strategies_run_with_it_or_say_why_they_cannot()
    {
        MLNetRetrainer retrainer = WithRealNetwork(new SimulatedTrainer());
        ImageDataset photos = Photos(8), larger = Photos(20);
        var cache = new BottleneckCache(_folder.At("cache"));

        PreTrainingResult preTrained = TransferPipeline.PreTrain(photos).WithRetrainer(retrainer).WithBottleneckCache(cache).Fit();
        ParallelTrainingResult parallel = TransferPipeline.ParallelTrain(photos, larger, new ParallelTrainingOptions { Segments = 2 })
            .WithRetrainer(retrainer).WithBottleneckCache(cache).Fit();
        InvalidOptionsException tuned = Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.FineTune(photos, larger).WithRetrainer(retrainer).WithSeed(1).WithBottleneckCache(cache).Fit());

        preTrained.Model.Labels.ShouldBe(["ants", "bees"]);
        parallel.Segments.Count.ShouldBe(2);
        tuned.Problems.Count.ShouldBe(2);
        preTrained.Model.Dispose();
        parallel.Model.Dispose();
    }

    [SkippableFact]
    public void The_model_is_saved_and_loaded_like_any_other()
    {
        FineTuningResult result = TransferPipeline.FineTune(Photos(8))
            .WithRetrainer(WithRealNetwork(new SimulatedTrainer())).WithoutBottleneckCache().Fit();
        string photo = SharedData.Photos(1)[0];

        result.Model.Save(_folder.At("model.onnx"));
        using var loaded = TransferModel.Load(_folder.At("model.onnx"));

        loaded.Predict(photo).Probabilities.ToArray().ShouldBe(result.Model.Predict(photo).Probabilities.ToArray());
        result.Model.Dispose();
    }

    private static ImageDataset Photos(int each)
    {
        string root = SharedData.Data(Path.Combine("hymenoptera", "train"));
        return ImageDataset.FromImages(new[] { "ants", "bees" }.SelectMany(label =>
            Directory.EnumerateFiles(Path.Combine(root, label)).Order(StringComparer.Ordinal).Take(each)
                .Select(path => LabeledImage.FromFile(path, label))));
    }

    private MLNetRetrainer WithRealNetwork(SimulatedTrainer trainer) => new(
        new MLNetRetrainerOptions
        {
            Network = MLNetNetwork.MobileNetV2,
            Weights = MLNetWeights.FromFile(SharedData.TensorFlowNetwork("mobilenet_v2.meta")),
            Epochs = 12,
            LearningRate = MLNetLearningRate.Constant(0.005),
            WorkspaceDirectory = _folder.At("work"),
        },
        trainer);
}
