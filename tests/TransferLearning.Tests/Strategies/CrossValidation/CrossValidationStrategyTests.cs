using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.CrossValidation;

/// <summary>Cross-validation of photos on a small real network.</summary>
public class CrossValidationStrategyTests
{
    [SkippableFact]
    public void Every_image_is_evaluated_once_by_a_head_that_has_not_seen_it()
    {
        CrossValidationResult result = Pipeline(Hymenoptera(40), new CrossValidationOptions { Folds = 8 }).WithoutBottleneckCache().Fit();

        result.Folds.Count.ShouldBe(8);
        result.Folds.ShouldAllBe(f => f.Metrics.Images == 10 && f.TrainImages == 70 && f.L2 > 0);
        result.MeanAccuracy.ShouldBeInRange(0.7, 0.99);
        result.StdAccuracy.ShouldBeGreaterThan(0);
        result.OutOfFold.Metrics.Accuracy.ShouldBe(result.MeanAccuracy, 1e-9, "folds of equal size");
        result.Accuracy.ShouldBe(result.MeanAccuracy, 1e-9, "folds of equal size");
        result.AccuracyInterval().Lower.ShouldBeLessThan(result.MeanAccuracy);
        result.AccuracyInterval().ShouldBe(result.OutOfFold.Metrics.AccuracyInterval(), "Wilson's interval over all images");
        result.AccuracyInterval(0.5).Lower.ShouldBeGreaterThan(result.AccuracyInterval().Lower);
        (result.Extraction.CacheHits, result.Extraction.CacheMisses, result.Extraction.Skipped.Count).ShouldBe((0, 80, 0));
        result.Warnings.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_folds_predictions_are_those_of_a_head_trained_on_the_other_folds()
    {
        var retrainer = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 10 });
        ImageDataset data = Hymenoptera(20);
        OutOfFoldPredictions outOfFold = Pipeline(data, new CrossValidationOptions { Folds = 4 }).WithRetrainer(retrainer).Fit().OutOfFold;

        int[] folds = outOfFold.Folds.ToArray();
        int[] training = [.. Enumerable.Range(0, 40).Where(i => folds[i] != 1)];
        int[] heldOut = [.. Enumerable.Range(0, 40).Where(i => folds[i] == 1)];
        var extractor = new BottleneckExtractor(SmallNetwork());
        var bottlenecks = new LabeledBottlenecks(
            extractor.Extract(outOfFold.Images).Bottlenecks, outOfFold.Images.LabelIndices.ToArray(), outOfFold.Images.Labels);
        LinearHead head = retrainer.Retrain(bottlenecks.Select(training), null, new RetrainingContext()).Head;

        heldOut.SelectMany(i => outOfFold.Row(i).ToArray())
            .ShouldBe(HeadPrediction.Probabilities(head, bottlenecks.Select(heldOut).Bottlenecks));
    }

    [SkippableFact]
    public void The_result_is_the_same_bits_for_any_number_of_threads_and_images_are_computed_once()
    {
        using var cache = new TemporaryFolder();
        TransferPipeline<CrossValidationResult> pipeline =
            Pipeline(Hymenoptera(20), new CrossValidationOptions { Folds = 5, Repeats = 2 }).WithBottleneckCache(cache.Path);

        CrossValidationResult one = pipeline.WithThreads(1).Fit(), three = pipeline.WithThreads(3).Fit();

        (one.Extraction.CacheHits, one.Extraction.CacheMisses).ShouldBe((0, 40));
        (three.Extraction.CacheHits, three.Extraction.CacheMisses).ShouldBe((40, 0));
        three.OutOfFold.Probabilities.ToArray().ShouldBe(one.OutOfFold.Probabilities.ToArray());
        three.Training.Head.Weights.ToArray().ShouldBe(one.Training.Head.Weights.ToArray());
        one.Folds.Count.ShouldBe(10);
        one.Folds.Select(f => f.Metrics.LogLoss).Distinct().Count().ShouldBe(10, "each repeat divides differently");
        three.Calibration.ShouldBe(one.Calibration);
        three.Folds.Select(f => f.Metrics.LogLoss).ShouldBe(one.Folds.Select(f => f.Metrics.LogLoss));
    }

    [SkippableFact]
    public void Copies_of_an_image_share_a_fold()
    {
        ImageDataset data = Hymenoptera(12);
        var twice = ImageDataset.FromImages(
            data.Images.Concat(data.Images.Select((i, n) => LabeledImage.FromBytes(i.ReadBytes(), i.Label, $"copy {n}"))));

        int[] folds = Pipeline(twice, new CrossValidationOptions { Folds = 3 }).Fit().OutOfFold.Folds.ToArray();

        folds[24..].ShouldBe(folds[..24]);
        folds.Distinct().Count().ShouldBe(3);
    }

    [SkippableFact]
    public void Leaving_one_group_out_makes_a_fold_of_each_group()
    {
        var data = ImageDataset.FromImages(Hymenoptera(12).Images.Select((i, n) => i.WithGroup($"camera {n % 3}")));

        CrossValidationResult result =
            Pipeline(data, new CrossValidationOptions { Scheme = CrossValidationScheme.LeaveOneGroupOut }).Fit();

        result.Folds.Select(f => f.Group).ShouldBe(["camera 0", "camera 1", "camera 2"], ignoreOrder: true);
        result.OutOfFold.Images.Images.Select((image, i) => (image.Group, result.OutOfFold.Folds[i])).Distinct().Count().ShouldBe(3);
    }

    [SkippableFact]
    public void The_model_is_trained_on_all_images()
    {
        CrossValidationResult result = Pipeline(Hymenoptera(20), new CrossValidationOptions { Folds = 5 }).Fit();

        using TransferModel model = result.Model;
        ImageDataset images = result.OutOfFold.Images;
        int right = images.Images.Count(i => model.Predict(i.ReadBytes()).Label == i.Label);

        right.ShouldBeGreaterThan((int)Math.Round(result.OutOfFold.Metrics.Accuracy * images.Count), "it has seen these images");
        model.Origin.Facts["trainImages"].ShouldBe("40");
    }

    [SkippableFact]
    public void The_models_probabilities_have_the_temperature_fitted_on_unseen_images()
    {
        // Heads with almost no penalty are overconfident.
        var retrainer = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 0.01 });
        var options = new CrossValidationOptions { Folds = 5, Repeats = 2 };

        CrossValidationResult result = Pipeline(Hymenoptera(40), options).WithRetrainer(retrainer).Fit();

        result.Calibration.Temperature.ShouldBeGreaterThan(1.2);
        result.Calibration.ErrorBefore.ShouldBe(result.UncalibratedMetrics.ExpectedCalibrationError);
        result.Calibration.ErrorAfter.ShouldBe(result.CalibratedMetrics.ExpectedCalibrationError);
        result.Calibration.ErrorAfter.ShouldBeLessThan(result.Calibration.ErrorBefore);
        result.CalibratedMetrics.LogLoss.ShouldBeLessThan(result.UncalibratedMetrics.LogLoss);
        result.UncalibratedMetrics.Accuracy.ShouldBe(result.Folds.Where(f => f.Repeat == 0).Average(f => f.Metrics.Accuracy), 1e-9);
        result.CalibratedMetrics.Accuracy.ShouldBe(result.UncalibratedMetrics.Accuracy);

        using TransferModel model = Reloaded(result.Model);
        LabeledImage image = result.OutOfFold.Images.Images[0];
        float[] logits = HeadPrediction.Logits(
            result.Training.Head, new BottleneckExtractor(SmallNetwork()).Extract(result.OutOfFold.Images.Select([0])).Bottlenecks);
        float[] expected = HeadPrediction.Probabilities(logits, 2, result.Calibration.Temperature);
        model.Predict(image.ReadBytes()).Probabilities[0].ShouldBe(expected[0], 1e-4f);
        Math.Abs(expected[0] - HeadPrediction.Probabilities(logits, 2, 1)[0]).ShouldBeGreaterThan(1e-3f);
        model.Origin.Facts["temperature"].ShouldBe($"{result.Calibration.Temperature:F4}");
    }

    [SkippableFact]
    public void Flipped_labels_are_among_the_label_errors_and_the_hardest_images()
    {
        ImageDataset data = Hymenoptera(60);
        int[] flipped = [3, 17, 50, 70, 99, 110];
        var wrong = ImageDataset.FromImages(
            data.Images.Select((image, i) => flipped.Contains(i) ? image.WithLabel(image.Label == "ants" ? "bees" : "ants") : image));

        OutOfFoldPredictions predictions = Pipeline(wrong, new CrossValidationOptions { Folds = 5 }).Fit().OutOfFold;

        predictions.LabelErrors.Count(e => flipped.Contains(e.Position)).ShouldBeGreaterThanOrEqualTo(3);
        predictions.LabelErrors.ShouldAllBe(e => e.Image.Label != e.Suggested && e.Probability < 0.5);
        predictions.LabelErrors.Count.ShouldBeLessThan(15);
        IReadOnlyList<HardImage> hardest = predictions.HardestImages(12);
        hardest.Count(h => flipped.Contains(h.Position)).ShouldBeGreaterThanOrEqualTo(4);
        hardest.Select(h => h.Probability).ShouldBeInOrder();
    }

    [SkippableFact]
    public void A_class_with_one_image_is_named_in_a_warning()
    {
        ImageDataset data = Hymenoptera(10);
        LabeledImage wasp = data.Images[0].WithLabel("wasps");

        var three = ImageDataset.FromImages([wasp, .. data.Images.Skip(1)]);
        CrossValidationResult result = Pipeline(three, new CrossValidationOptions()).Fit();

        result.Warnings.Count.ShouldBe(2);
        result.Warnings[0].ShouldContain("'wasps' has 1 image(s)");
        result.Warnings[1].ShouldContain("fewer than 10 images of 2 classes (ants: 9, wasps: 1)");
        result.OutOfFold.Images.Labels.Count.ShouldBe(3);
    }

    [SkippableFact]
    public void What_cannot_be_divided_is_refused_with_the_reason()
    {
        ImageDataset data = Hymenoptera(4);
        var byGroup = new CrossValidationOptions { Scheme = CrossValidationScheme.LeaveOneGroupOut, Repeats = 2 };
        var byClass = ImageDataset.FromImages(data.Images.Select(i => i.WithGroup(i.Label)));

        string all = Should.Throw<InvalidOptionsException>(() => Pipeline(data, byGroup).WithValidation(0.2).Fit()).Message;
        all.ShouldContain("Repeats is 2");
        all.ShouldContain("WithValidation is set");
        all.ShouldContain("8 of 8 images");
        Should.Throw<InvalidOptionsException>(() => Pipeline(data, new CrossValidationOptions { Folds = 1 }).Fit())
            .Message.ShouldContain("Folds is 1");
        Should.Throw<InvalidOptionsException>(() => Pipeline(data, new CrossValidationOptions { GroupColumn = "person" }).Fit())
            .Message.ShouldContain("no column 'person'");
        Should.Throw<TransferLearningException>(() => Pipeline(data, new CrossValidationOptions { Folds = 9 }).Fit())
            .Message.ShouldContain("only 8 images");
        Should.Throw<TransferLearningException>(() => Pipeline(byClass, byGroup with { Repeats = 1 }).Fit())
            .Message.ShouldContain("all images are of class");
    }

    [SkippableFact]
    public void Canceling_between_folds_throws()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.CrossValidating)
            {
                cancellation.Cancel();
            }
        });

        TransferPipeline<CrossValidationResult> pipeline = Pipeline(Hymenoptera(5), new CrossValidationOptions());

        Should.Throw<OperationCanceledException>(() => pipeline.Fit(progress, cancellation.Token));
    }

    private static TransferPipeline<CrossValidationResult> Pipeline(ImageDataset data, CrossValidationOptions options) =>
        TransferPipeline.CrossValidate(data, options).WithBackbone(SmallNetwork()).WithSharedBottlenecks();

    private static TransferModel Reloaded(TransferModel model)
    {
        using var file = new MemoryStream();
        using (model)
        {
            model.Save(file);
        }

        file.Position = 0;
        return TransferModel.Load(file);
    }

    private static Backbone SmallNetwork() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    private static ImageDataset Hymenoptera(int each)
    {
        ImageDataset all = ImageDataset.FromFolder(SharedData.Data("hymenoptera")).OfSubset(DatasetSubset.Train);
        return ImageDataset.FromImages(
            all.Images.GroupBy(i => i.Label).SelectMany(g => g.Take(each)).Select(i => LabeledImage.FromFile(i.Path, i.Label)));
    }
}
