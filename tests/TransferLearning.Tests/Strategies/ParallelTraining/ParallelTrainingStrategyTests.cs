using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.PseudoLabeling;
using TransferLearning.Reports;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.ParallelTraining;

/// <summary>Parallel training on real photos, with a small real network.</summary>
public sealed class ParallelTrainingStrategyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_small_set_teaches_a_larger_one_in_segments()
    {
        (ImageDataset small, ImageDataset larger) = Signs();

        ParallelTrainingResult result = Pipeline(small, larger, new ParallelTrainingOptions { Segments = 3 })
            .WithoutBottleneckCache().Fit();

        result.Classes.ShouldBe(["0", "1", "2", "3"]);
        result.Segments.Select(s => s.Name).ShouldBe(["1", "2", "3"]);
        result.Segments.Sum(s => s.TrainImages + s.ValidationImages).ShouldBe(result.PseudoLabels.Count(l => l.Used));
        result.Segments.ShouldAllBe(s => s.ValidationImages > 0 && s.Agreement > 0.5);
        result.PseudoLabels.Count.ShouldBe(larger.Count);
        result.PseudoLabelQuality!.Images.ShouldBe(larger.Count);
        result.PseudoLabelQuality.Accuracy.ShouldBeGreaterThan(0.8);
        (result.Metrics.Accuracy >= result.SmallSetMetrics.Accuracy).ShouldBeTrue();
        (result.Extraction.CacheMisses, result.Extraction.Skipped.Count, result.Canceled).ShouldBe((small.Count + larger.Count, 0, false));
    }

    [SkippableFact]
    public void The_number_of_threads_changes_no_bit()
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        using var cache = new TemporaryFolder();
        TransferPipeline<ParallelTrainingResult> pipeline = Pipeline(small, larger).WithBottleneckCache(cache.Path);

        ParallelTrainingResult one = pipeline.WithThreads(1).Fit(), three = pipeline.WithThreads(3).Fit();

        three.Extraction.CacheMisses.ShouldBe(0);
        three.PseudoLabels.ShouldBe(one.PseudoLabels);
        three.Segments.Select(s => s.Training.Head.Weights.ToArray()).ShouldBe(one.Segments.Select(s => s.Training.Head.Weights.ToArray()));
    }

    [SkippableTheory]
    [InlineData("small")]
    [InlineData("segment 1")]
    public void Canceling_during_training_keeps_the_small_sets_model(string during)
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        using var cancellation = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            bool isSegment = p.Data.Contains("segment 1", StringComparison.Ordinal);
            if (p.Stage == TransferStage.Training && p.Done == 2 && (during == "small" || isSegment))
            {
                cancellation.Cancel();
            }
        });

        ParallelTrainingResult result = Pipeline(small, larger).Fit(progress, cancellation.Token);

        using TransferModel model = result.Model;
        (result.Canceled, result.KeptSmallSetModel, result.Segments.Count, result.PseudoLabels.Count).ShouldBe((true, true, 0, 0));
        result.SmallSetTraining.Canceled.ShouldBe(during == "small");
        result.Metrics.Accuracy.ShouldBe(result.SmallSetMetrics.Accuracy);
        result.Warnings.ShouldContain(w => w.Contains("canceled before all segments were trained", StringComparison.Ordinal));
        using var report = new MemoryStream();
        Report.Of(result).Save(report);
        report.Length.ShouldBeGreaterThan(0);
    }

    [SkippableTheory]
    [InlineData(HeadCombination.Average)]
    [InlineData(HeadCombination.Best)]
    [InlineData(HeadCombination.Ensemble)]
    public void The_model_predicts_as_it_was_evaluated(HeadCombination combine)
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        DatasetSplit split = small.Split(0.4, 0);

        ParallelTrainingResult result = TransferPipeline
            .ParallelTrain(split.Train, larger, new ParallelTrainingOptions { Combine = combine, Segments = 2 })
            .WithValidation(split.Validation).WithBackbone(SmallNetwork()).WithSharedBottlenecks().Fit();

        using var file = new MemoryStream();
        result.Model.Save(file);
        file.Position = 0;
        using var model = TransferModel.Load(file);
        int right = split.Validation.Images.Count(i => model.Predict(i.ReadBytes()).Label == i.Label);
        right.ShouldBe((int)Math.Round(result.Metrics.Accuracy * split.Validation.Count));
        result.Validation.Metrics.Accuracy.ShouldBe(result.Metrics.Accuracy);
        result.Validation.Images.Images.Select(i => i.Path).ShouldBe(split.Validation.Images.Select(i => i.Path));
    }

    [SkippableTheory]
    [InlineData(HeadCombination.Average)]
    [InlineData(HeadCombination.Best)]
    [InlineData(HeadCombination.Ensemble)]
    public void The_saved_models_probabilities_have_the_temperature(HeadCombination combine)
    {
        var all = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        ImageDataset Flowers(int skip, int take) => ImageDataset.FromImages(
            all.Images.GroupBy(i => i.Label).SelectMany(g => g.Skip(skip).Take(take)));
        var options = new ParallelTrainingOptions { Combine = combine, Segments = 2, FalseRejectRate = null };

        ParallelTrainingResult result = TransferPipeline.ParallelTrain(Flowers(0, 12), Flowers(12, 12), options)
            .WithValidation(Flowers(24, 16)).WithBackbone(SmallNetwork()).WithSharedBottlenecks().Fit();

        ClassificationMetrics before = result.KeptSmallSetModel ? result.SmallSetMetrics : result.CombinedMetrics;
        Math.Abs(result.Calibration.Temperature - 1).ShouldBeGreaterThan(0.01);
        result.Calibration.ErrorBefore.ShouldBe(before.ExpectedCalibrationError);
        result.Calibration.ErrorAfter.ShouldBe(result.Metrics.ExpectedCalibrationError);
        result.Metrics.LogLoss.ShouldBeLessThan(before.LogLoss);
        result.Model.Save(_folder.At("model.onnx"));
        using var model = TransferModel.Load(_folder.At("model.onnx"));
        ClassificationMetrics evaluated = model.Evaluate(result.Validation.Images).Metrics;
        evaluated.LogLoss.ShouldBe(result.Metrics.LogLoss, 1e-4);
        evaluated.ExpectedCalibrationError.ShouldBe(result.Calibration.ErrorAfter, 1e-3);
        model.Origin.Facts["temperature"].ShouldBe($"{result.Calibration.Temperature:F4}");
    }

    [SkippableFact]
    public void The_small_sets_model_is_calibrated_too()
    {
        var flowers = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        var bees = ImageDataset.FromFiles(SharedData.Photos(60));
        var options = new ParallelTrainingOptions { MinConfidence = 0, LabeledWeight = 1e-3 };

        ParallelTrainingResult result = Pipeline(flowers, bees, options).Fit();

        result.KeptSmallSetModel.ShouldBeTrue();
        Math.Abs(result.Calibration.Temperature - 1).ShouldBeGreaterThan(0.01);
        result.Calibration.ErrorBefore.ShouldBe(result.SmallSetMetrics.ExpectedCalibrationError);
        result.Metrics.Accuracy.ShouldBe(result.SmallSetMetrics.Accuracy);
        result.Metrics.LogLoss.ShouldBeLessThan(result.SmallSetMetrics.LogLoss);
    }

    [SkippableFact]
    public void Validation_labels_choose_nothing()
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        DatasetSplit split = small.Split(0.3, 0);
        var wrong = ImageDataset.FromImages(split.Validation.Images.Select(i => i.WithLabel(i.Label == "0" ? "1" : "0")));
        foreach (HeadCombination combine in Enum.GetValues<HeadCombination>())
        {
            TransferPipeline<ParallelTrainingResult> pipeline =
                Pipeline(split.Train, larger, new ParallelTrainingOptions { Combine = combine, Segments = 2 });

            ParallelTrainingResult right = pipeline.WithValidation(split.Validation).Fit(), misled = pipeline.WithValidation(wrong).Fit();

            right.Model.Dispose();
            misled.Model.Dispose();
            misled.KeptSmallSetModel.ShouldBe(right.KeptSmallSetModel);
            misled.Calibration.Temperature.ShouldBe(right.Calibration.Temperature);
            misled.Segments.SelectMany(s => s.Training.Head.Weights.ToArray())
                .ShouldBe(right.Segments.SelectMany(s => s.Training.Head.Weights.ToArray()));
            misled.Validation.Row(0).ToArray().ShouldBe(right.Validation.Row(0).ToArray());
        }
    }

    [SkippableFact]
    public void A_larger_set_without_labels_will_do()
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        var unlabeled = ImageDataset.FromImages(larger.Images.Select(i => i.WithLabel(null)));

        ParallelTrainingResult result = Pipeline(small, unlabeled).Fit();

        result.PseudoLabelQuality.ShouldBeNull();
        result.PseudoLabels.Count.ShouldBe(larger.Count);
    }

    [SkippableFact]
    public void Images_of_the_small_set_are_left_out_of_the_larger_one()
    {
        (ImageDataset small, ImageDataset larger) = Signs();

        ParallelTrainingResult result = Pipeline(small, ImageDataset.FromImages([.. larger.Images, .. small.Images])).Fit();

        result.PseudoLabels.Count.ShouldBe(larger.Count);
        result.Warnings.ShouldContain(w => w.StartsWith($"{small.Count} images of ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_column_of_the_manifest_cuts_the_segments()
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        using var folder = new TemporaryFolder();
        string manifest = Path.Combine(folder.Path, "larger.csv");
        IEnumerable<string> rows = larger.Images.Select((i, n) => $"{i.Path},,{(n % 3 == 0 ? "north" : "south")}");
        File.WriteAllLines(manifest, ["path,label,camera", .. rows]);
        var options = new ParallelTrainingOptions { SegmentBy = "camera" };

        Pipeline(small, ImageDataset.Open(manifest), options).Fit().Segments.Select(s => s.Name).ShouldBe(["north", "south"]);
        string message = Should.Throw<InvalidOptionsException>(() =>
            Pipeline(small, ImageDataset.Open(manifest), new ParallelTrainingOptions { SegmentBy = "lens" }).Fit()).Message;
        message.ShouldContain("no column 'lens'");
        message.ShouldContain("camera");
    }

    [SkippableFact]
    public void A_larger_set_of_something_else_is_an_error_that_says_so()
    {
        (ImageDataset small, _) = Signs();
        var bees = ImageDataset.FromFiles(SharedData.Photos(60));

        Should.Throw<TransferLearningException>(() => Pipeline(small, bees).Fit()).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain("all 60 images"), m => m.ShouldContain("seem to belong to none of the classes of the small set"));
    }

    [SkippableFact]
    public void A_larger_set_of_something_else_does_no_harm_to_a_small_set_without_a_detector()
    {
        (ImageDataset small, _) = Signs();
        var bees = ImageDataset.FromFiles(SharedData.Photos(60));

        ParallelTrainingResult result = Pipeline(small, bees, new ParallelTrainingOptions { FalseRejectRate = null }).Fit();

        result.Metrics.Accuracy.ShouldBeGreaterThanOrEqualTo(result.SmallSetMetrics.Accuracy);
        result.Warnings.Any(w => w.Contains("the small set's model was kept", StringComparison.Ordinal)).ShouldBe(result.KeptSmallSetModel);
    }

    [SkippableFact]
    public void Images_of_none_of_the_classes_are_not_learned_from()
    {
        (ImageDataset small, ImageDataset larger) = Signs();
        string[] bees = SharedData.Photos(40);

        ParallelTrainingResult result =
            Pipeline(small, ImageDataset.FromImages([.. larger.Images, .. ImageDataset.FromFiles(bees).Images])).Fit();

        PseudoLabel[] ofBees = [.. result.PseudoLabels.Where(l => bees.Contains(l.Path))];
        ofBees.Length.ShouldBe(bees.Length);
        ofBees.Count(l => l.IsUnknown).ShouldBeGreaterThan(36);
        result.PseudoLabels.ShouldNotContain(l => l.IsUnknown && l.Used);
        int unknown = result.PseudoLabels.Count(l => l.IsUnknown);
        result.Warnings.ShouldContain(
            $"{unknown} of the {result.PseudoLabels.Count} images of the larger set seem to belong to none of the classes, and were not "
            + "learned from");
        (unknown - ofBees.Length).ShouldBeLessThan(larger.Count / 3);
    }

    [Fact]
    public void All_bad_options_are_named_together()
    {
        var options = new ParallelTrainingOptions { Segments = 0, MinConfidence = 2, MaxClassRatio = 0.5, LabeledWeight = 0, Epochs = 0 };

        string message = Should.Throw<InvalidOptionsException>(() =>
            TransferPipeline.ParallelTrain("no small set", "no larger set", options).Fit()).Message;

        string[] named = ["Segments", "MinConfidence", "MaxClassRatio", "LabeledWeight", "Epochs", "no small set", "no larger set"];
        named.ShouldAllBe(name => message.Contains(name));
    }

    private static TransferPipeline<ParallelTrainingResult> Pipeline(
        ImageDataset small, ImageDataset larger, ParallelTrainingOptions? options = null) =>
        TransferPipeline.ParallelTrain(small, larger, options).WithBackbone(SmallNetwork()).WithSharedBottlenecks();

    private static Backbone SmallNetwork() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    /// <summary>Ten photos a class of four hand signs, and forty more of each.</summary>
    private static (ImageDataset Small, ImageDataset Larger) Signs()
    {
        var all = ImageDataset.FromFolder(SharedData.Data("sign-digits"));
        string[] classes = ["0", "1", "2", "3"];
        IEnumerable<LabeledImage> Of(int skip, int take) =>
            classes.SelectMany(c => all.Images.Where(i => i.Label == c).Skip(skip).Take(take));
        return (ImageDataset.FromImages(Of(0, 10)), ImageDataset.FromImages(Of(10, 40)));
    }
}
