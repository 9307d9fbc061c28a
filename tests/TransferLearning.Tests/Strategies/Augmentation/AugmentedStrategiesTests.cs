using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.Augmentation;

/// <summary>Every strategy with views of training images, on real photos and a small real network.</summary>
public sealed class AugmentedStrategiesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_number_of_threads_changes_no_bit_and_a_second_run_computes_nothing()
    {
        TransferPipeline<FineTuningResult> pipeline = FineTune(Signs(0, 15)).WithBottleneckCache(_folder.At("cache"));

        FineTuningResult first = pipeline.WithThreads(1).Fit(), second = pipeline.WithThreads(4).Fit();
        FineTuningResult uncached = pipeline.WithoutBottleneckCache().WithThreads(4).Fit();

        int computed = 60 + (2 * first.TrainImages);
        (first.Extraction.CacheHits, first.Extraction.CacheMisses).ShouldBe((0, computed));
        (second.Extraction.CacheHits, second.Extraction.CacheMisses).ShouldBe((computed, 0));
        Weights(second).ShouldBe(Weights(first));
        Weights(uncached).ShouldBe(Weights(first));
    }

    [SkippableFact]
    public void Views_are_learned_from_but_only_images_are_counted_and_evaluated_on()
    {
        ImageDataset data = Signs(0, 15);
        RecordingRetrainer plain = new(), augmented = new();

        FineTuningResult without = Pipeline(data).WithRetrainer(plain).Fit();
        FineTuningResult with = FineTune(data).WithRetrainer(augmented).Fit();

        (LabeledBottlenecks images, LabeledBottlenecks? validation, _) = plain.Calls.First();
        (LabeledBottlenecks rows, LabeledBottlenecks? other, RetrainingContext context) = augmented.Calls.First();
        rows.Count.ShouldBe(3 * images.Count);
        rows.Bottlenecks.Values[..images.Bottlenecks.Values.Length].SequenceEqual(images.Bottlenecks.Values).ShouldBeTrue();
        other!.Bottlenecks.Values.SequenceEqual(validation!.Bottlenecks.Values).ShouldBeTrue();
        for (int i = 0; i < images.Count; i++)
        {
            (rows.Labels[i], rows.Labels[i + (2 * images.Count)]).ShouldBe((images.Labels[i], images.Labels[i]));
            context.Groups.Span[i + images.Count].ShouldBe(context.Groups.Span[i]);
            rows.Bottlenecks.Row(i + images.Count).SequenceEqual(rows.Bottlenecks.Row(i)).ShouldBeFalse();
        }

        (with.TrainImages, with.ValidationImages).ShouldBe((without.TrainImages, without.ValidationImages));
        with.Steps[0].TrainImages.ShouldBe(images.Count);
        with.Steps[0].Training.HeldOut!.Rows.ShouldAllBe(r => r < images.Count);
        with.Model.Origin.Facts["trainImages"].ShouldBe(without.Model.Origin.Facts["trainImages"]);
        with.Model.Origin.Facts["augmentation"].ShouldBe("2 views, photos");
        without.Model.Origin.Facts.ShouldNotContainKey("augmentation");
    }

    [SkippableFact]
    public void Where_held_out_images_are_predicted_their_views_are_not_learned_from()
    {
        var retrainer = new RecordingRetrainer();

        FineTune(Signs(0, 15)).WithRetrainer(retrainer).Fit();

        // The retrainer above gives no predictions, so that the training is repeated without each fold.
        int images = retrainer.Calls.First().Context.FirstViewRow!.Value;
        foreach ((LabeledBottlenecks rows, _, RetrainingContext context) in retrainer.Calls.Skip(1))
        {
            rows.Count.ShouldBe(3 * context.FirstViewRow!.Value);
            context.FirstViewRow.Value.ShouldBeLessThan(images);
            context.Groups.Span.ToArray().GroupBy(g => g).ShouldAllBe(g => g.Count() % 3 == 0);
        }
    }

    [SkippableFact]
    public void Tuning_on_a_larger_set_learns_from_the_views_of_both()
    {
        var retrainer = new RecordingRetrainer();
        ImageDataset small = Signs(0, 10), larger = Signs(10, 20, "0", "1", "2");

        FineTuningResult result = TransferPipeline.FineTune(small, larger).WithBackbone(SmallNetwork()).WithSharedBottlenecks()
            .WithRetrainer(retrainer).WithAugmentation(ImageAugmentation.Photos, 2).Fit();

        LabeledBottlenecks[] trainings = [.. retrainer.Calls.Take(2).Select(c => c.Training)];
        trainings[0].Count.ShouldBe(3 * result.Steps[0].TrainImages);
        trainings[1].Count.ShouldBe((3 * result.Steps[1].TrainImages) + CountOf(trainings[0], "3"));
        CountOf(trainings[1], "3").ShouldBe(CountOf(trainings[0], "3"), "the small set's images of a class that the larger one lacks");

        static int CountOf(LabeledBottlenecks rows, string name) =>
            rows.Labels.ToArray().Count(l => rows.ClassNames[l] == name);
    }

    [SkippableFact]
    public void Continued_training_learns_from_views_of_the_new_images_beside_what_the_model_remembers()
    {
        using TransferModel model = Pipeline(Signs(0, 25), new FineTuningOptions { FalseRejectRate = 0.05 }).Fit().Model;
        ImageDataset more = Signs(25, 10);

        FineTuningResult plain = TransferPipeline.FineTune(more).WithSharedBottlenecks().ContinueFrom(model).Fit();
        FineTuningResult result = TransferPipeline.FineTune(more).WithSharedBottlenecks().ContinueFrom(model)
            .WithAugmentation(ImageAugmentation.Flip, 2).Fit();

        result.Continuation!.Rehearsed.ShouldBeTrue();
        result.TrainImages.ShouldBe(plain.TrainImages);
        result.Model.Origin.Facts["trainImages"].ShouldBe(plain.Model.Origin.Facts["trainImages"]);
        result.Model.Origin.Facts["augmentation"].ShouldBe("2 views, flip");
        Weights(result).ShouldNotBe(Weights(plain));
        result.Metrics.Accuracy.ShouldBeGreaterThan(0.6);
    }

    [SkippableFact]
    public void Folds_of_a_cross_validation_hold_out_images_alone_and_learn_from_the_views_of_the_others()
    {
        var retrainer = new RecordingRetrainer();
        ImageDataset data = Signs(0, 10);

        CrossValidationResult result = TransferPipeline.CrossValidate(data, new CrossValidationOptions { Folds = 4 })
            .WithBackbone(SmallNetwork()).WithSharedBottlenecks().WithRetrainer(retrainer)
            .WithAugmentation(ImageAugmentation.Photos, 2).Fit();

        result.OutOfFold.Images.Count.ShouldBe(40);
        result.Folds.ShouldAllBe(f => f.TrainImages == 40 - f.Metrics.Images);
        retrainer.Calls.Select(c => c.Training.Count).Order().ShouldBe([.. result.Folds.Select(f => 3 * f.TrainImages).Order(), 120]);
        result.Model.Origin.Facts["augmentation"].ShouldBe("2 views, photos");
        result.Model.Origin.Facts["trainImages"].ShouldBe("40");
    }

    [SkippableFact]
    public void Cross_validation_chooses_its_penalty_with_views_and_any_number_of_threads_gives_the_same()
    {
        TransferPipeline<CrossValidationResult> pipeline = TransferPipeline.CrossValidate(Signs(0, 15))
            .WithBackbone(SmallNetwork()).WithSharedBottlenecks().WithAugmentation(ImageAugmentation.Photos, 2);

        CrossValidationResult one = pipeline.WithThreads(1).Fit(), four = pipeline.WithThreads(4).Fit();

        one.Folds.ShouldAllBe(f => f.L2 > 0);
        four.OutOfFold.Probabilities.ToArray().ShouldBe(one.OutOfFold.Probabilities.ToArray());
        four.Training.Head.Weights.ToArray().ShouldBe(one.Training.Head.Weights.ToArray());
    }

    [SkippableFact]
    public void Segments_of_parallel_training_learn_from_views_of_both_sets()
    {
        var retrainer = new RecordingRetrainer();

        ParallelTrainingResult result = TransferPipeline.ParallelTrain(
            Signs(0, 10), Signs(10, 20), new ParallelTrainingOptions { Segments = 2 })
            .WithBackbone(SmallNetwork()).WithSharedBottlenecks().WithRetrainer(retrainer)
            .WithAugmentation(ImageAugmentation.Photos, 2).Fit();

        int[] counts = [.. retrainer.Calls.Select(c => c.Training.Count)];
        counts[0].ShouldBe(3 * result.TrainImages);
        foreach (TrainingSegment segment in result.Segments)
        {
            counts.ShouldContain(3 * (result.TrainImages + segment.TrainImages));
        }

        result.Metrics.Accuracy.ShouldBeGreaterThan(0.6);
        result.Model.Origin.Facts["augmentation"].ShouldBe("2 views, photos");
    }

    [SkippableFact]
    public void Pre_training_learns_from_views()
    {
        PreTrainingResult result = TransferPipeline.PreTrain(Signs(0, 10)).WithBackbone(SmallNetwork()).WithSharedBottlenecks()
            .WithAugmentation(ImageAugmentation.None with { MaxRotation = 5 }, 1).Fit();

        result.Model.Origin.Facts["augmentation"].ShouldBe("1 view, MaxRotation 5");
    }

    [Fact]
    public void An_invalid_number_of_views_and_a_policy_that_changes_nothing_are_reported_together()
    {
        ImageDataset data = DrawnImages.Set(5, "a", "b");

        InvalidOptionsException error = Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.FineTune(data).WithTinyBackbone().WithAugmentation(ImageAugmentation.None, 65).Fit());

        error.Problems.Count.ShouldBe(2);
        error.Message.ShouldContain("the number of views per training image is 65: it must be in 1..64");
        error.Message.ShouldContain("the augmentation changes nothing");
    }

    [Fact]
    public void Whoever_cannot_learn_from_views_says_so_before_any_image_is_read()
    {
        ImageDataset data = DrawnImages.Set(5, "a", "b");
        ImageAugmentation photos = ImageAugmentation.Photos;

        Should.Throw<InvalidOptionsException>(() => TransferPipeline.Advise(data).WithTinyBackbone().WithAugmentation(photos).Fit())
            .Message.ShouldContain("leave it out");
        Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.PreTrain(new PretrainedNetwork { Path = "net.onnx" }).WithAugmentation(photos).Fit())
            .Message.ShouldContain("nothing is trained: leave WithAugmentation out");
        var retrainer = new RecordingRetrainer { RefusesWeights = true };
        Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.FineTune(data).WithTinyBackbone().WithRetrainer(retrainer).WithAugmentation(photos).Fit())
            .Message.ShouldContain("rows cannot count differently");
        retrainer.Calls.ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_detector_is_fitted_on_the_images_alone()
    {
        ImageDataset data = Signs(0, 25);
        var options = new FineTuningOptions { FalseRejectRate = 0.05 };

        using TransferModel without = Pipeline(data, options).Fit().Model;
        using TransferModel with = Pipeline(data, options).WithAugmentation(ImageAugmentation.Photos, 2).Fit().Model;

        foreach (LabeledImage image in data.Images.Take(10))
        {
            byte[] file = image.ReadBytes();
            with.Predict(file).IsUnknown.ShouldBe(without.Predict(file).IsUnknown);
        }

        with.Detector!.FalseRejectRate.ShouldBe(0.05);
        with.Detector.Distance.Measure(Features(data), new float[with.Detector.Distance.Rank], new float[with.Detector.Distance.Rank])
            .ShouldBe(without.Detector!.Distance.Measure(
                Features(data), new float[without.Detector.Distance.Rank], new float[without.Detector.Distance.Rank]));
    }

    private static float[] Features(ImageDataset data) =>
        new BottleneckExtractor(SmallNetwork()).Extract(data.Select([0])).Bottlenecks.Row(0).ToArray();

    private static float[] Weights(FineTuningResult result) => result.Steps[^1].Training.Head.Weights.ToArray();

    private static TransferPipeline<FineTuningResult> FineTune(ImageDataset data) =>
        Pipeline(data).WithAugmentation(ImageAugmentation.Photos, 2);

    private static TransferPipeline<FineTuningResult> Pipeline(ImageDataset data, FineTuningOptions? options = null) =>
        TransferPipeline.FineTune(data, options).WithBackbone(SmallNetwork()).WithSharedBottlenecks();

    private static Backbone SmallNetwork() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    /// <summary>Photos of hand signs, of four classes where none are named.</summary>
    private static ImageDataset Signs(int skip, int take, params string[] classes)
    {
        var all = ImageDataset.FromFolder(SharedData.Data("sign-digits"));
        string[] named = classes.Length > 0 ? classes : ["0", "1", "2", "3"];
        return ImageDataset.FromImages(named.SelectMany(c => all.Images.Where(i => i.Label == c).Skip(skip).Take(take)));
    }
}
