using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.FineTuning;

/// <summary>Fine-tuning from photos to a model, on a small real network.</summary>
public class FineTuningStrategyTests
{
    [SkippableFact]
    public void A_folder_with_its_own_split_is_trained_and_evaluated_on_it()
    {
        FineTuningResult result = Pipeline(Hymenoptera(train: 40, validation: 20)).WithoutBottleneckCache().Fit();

        result.Classes.ShouldBe(["ants", "bees"]);
        result.TrainImages.ShouldBe(80);
        result.ValidationImages.ShouldBe(40);
        result.Metrics.Accuracy.ShouldBeGreaterThan(0.7);
        result.Metrics.Accuracy.ShouldBe(result.Steps.ShouldHaveSingleItem().Metrics.Accuracy);
        result.History.Count.ShouldBeGreaterThan(1);
        (result.Extraction.CacheHits, result.Extraction.CacheMisses, result.Extraction.Skipped.Count).ShouldBe((0, 120, 0));
        result.Canceled.ShouldBeFalse();
        result.Extraction.Seconds.ShouldBeGreaterThan(0);
        result.SecondsTraining.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public void The_model_predicts_as_it_was_evaluated()
    {
        ImageDataset data = Hymenoptera(train: 40, validation: 20);
        FineTuningResult result = Pipeline(data).Fit();

        using TransferModel model = result.Model;
        int right = data.OfSubset(DatasetSubset.Validation).Images.Count(i => model.Predict(i.ReadBytes()).Label == i.Label);

        right.ShouldBe((int)Math.Round(result.Metrics.Accuracy * 40));
        LabeledImage evaluated = result.Validation.Images.Images[7];
        model.Predict(evaluated.ReadBytes()).Probabilities[0].ShouldBe(result.Validation.Row(7)[0], 1e-3f);
        string[] trained = [.. result.TrainingData.Images.Select(i => i.Path)];
        trained.ShouldBe(data.OfSubset(DatasetSubset.Train).Images.Select(i => i.Path));
        model.Origin.Facts["validationAccuracy"].ShouldBe(result.Metrics.Accuracy.ToString("F4"));
    }

    [SkippableFact]
    public void A_second_run_takes_everything_from_the_cache_and_gives_the_same_bits()
    {
        using var cache = new TemporaryFolder();
        TransferPipeline<FineTuningResult> pipeline = Pipeline(Hymenoptera(train: 20, validation: 10)).WithBottleneckCache(cache.Path);

        FineTuningResult first = pipeline.WithThreads(1).Fit();
        FineTuningResult second = pipeline.WithThreads(2).Fit();

        (first.Extraction.CacheHits, first.Extraction.CacheMisses).ShouldBe((0, 60));
        (second.Extraction.CacheHits, second.Extraction.CacheMisses).ShouldBe((60, 0));
        second.Steps[0].Training.Head.Weights.ToArray().ShouldBe(first.Steps[0].Training.Head.Weights.ToArray());
        second.History.ShouldBe(first.History);
    }

    [SkippableFact]
    public void Without_a_split_of_its_own_a_part_is_held_out_by_content()
    {
        ImageDataset data = WithoutSubsets(Hymenoptera(train: 40, validation: 1).OfSubset(DatasetSubset.Train));

        FineTuningResult result = Pipeline(data).WithValidation(0.3).WithSeed(5).Fit();

        DatasetSplit split = data.Split(0.3, 5);
        result.TrainImages.ShouldBe(split.Train.Count);
        result.ValidationImages.ShouldBe(split.Validation.Count);
        result.ValidationImages.ShouldBeInRange(12, 36);
    }

    [SkippableFact]
    public void A_given_validation_set_is_evaluated_on_and_all_of_the_data_is_learned_from()
    {
        ImageDataset all = Hymenoptera(train: 20, validation: 15);

        FineTuningResult result = Pipeline(WithoutSubsets(all.OfSubset(DatasetSubset.Train)))
            .WithValidation(WithoutSubsets(all.OfSubset(DatasetSubset.Validation))).Fit();

        (result.TrainImages, result.ValidationImages).ShouldBe((40, 30));
    }

    [SkippableFact]
    public void Validation_labels_choose_nothing()
    {
        ImageDataset all = Hymenoptera(train: 30, validation: 15), train = WithoutSubsets(all.OfSubset(DatasetSubset.Train));
        ImageDataset validation = WithoutSubsets(all.OfSubset(DatasetSubset.Validation));
        var wrong = ImageDataset.FromImages(validation.Images.Select(i => i.WithLabel(i.Label == "ants" ? "bees" : "ants")));

        FineTuningResult right = Pipeline(train).WithValidation(validation).Fit(), misled = Pipeline(train).WithValidation(wrong).Fit();

        RetrainedHead first = right.Steps[0].Training, second = misled.Steps[0].Training;
        second.Head.Weights.ToArray().ShouldBe(first.Head.Weights.ToArray());
        second.Head.Bias.ToArray().ShouldBe(first.Head.Bias.ToArray());
        (second.BestEpoch, second.L2).ShouldBe((first.BestEpoch, first.L2));
        misled.Calibration.Temperature.ShouldBe(right.Calibration.Temperature);
        right.Calibration.Temperature.ShouldNotBe(1);
        misled.Metrics.Accuracy.ShouldBe(1 - right.Metrics.Accuracy, 1e-9);
    }

    [SkippableFact]
    public void The_number_of_threads_changes_no_bit()
    {
        ImageDataset data = Hymenoptera(train: 30, validation: 15);
        FineTuningResult[] results = [.. new[] { 1, 2, 5 }.Select(threads => Pipeline(data).WithThreads(threads).Fit())];

        foreach (FineTuningResult result in results)
        {
            result.Steps[0].Training.Head.Weights.ToArray().ShouldBe(results[0].Steps[0].Training.Head.Weights.ToArray());
            result.Calibration.ShouldBe(results[0].Calibration);
            result.History.ShouldBe(results[0].History);
        }
    }

    [SkippableFact]
    public void An_image_of_both_data_sets_is_on_the_same_side_in_both()
    {
        var flowers = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        ImageDataset few = OfClasses(flowers, 15, "roses", "tulips"), more = OfClasses(flowers, 40, "roses", "tulips");

        FineTuningResult result = TransferPipeline.FineTune(few, tuneOn: more).WithBackbone(SmallNetwork()).WithSharedBottlenecks().Fit();

        result.TrainingData.Images.Select(i => i.Path).Intersect(result.Validation.Images.Images.Select(i => i.Path)).ShouldBeEmpty();
        result.ValidationImages.ShouldBe(16);
    }

    [SkippableFact]
    public void Copies_are_on_one_side_of_inner_folds_too()
    {
        var retrainer = new GroupRecorder();
        ImageDataset photos = WithoutSubsets(Hymenoptera(train: 10, validation: 5).OfSubset(DatasetSubset.Train));
        IEnumerable<LabeledImage> copies = photos.Images.Select(i => LabeledImage.FromBytes(i.ReadBytes(), i.Label, "copy"));

        Pipeline(photos).WithRetrainer(retrainer).Fit();
        Pipeline(ImageDataset.FromImages(photos.Images.Concat(copies))).WithRetrainer(retrainer).Fit();

        retrainer.Groups[0].ShouldBeEmpty("no photo has a copy");
        retrainer.Groups[1].CountBy(g => g).ShouldAllBe(g => g.Value == 2);
    }

    [SkippableFact]
    public void Images_that_cannot_be_used_are_named_and_training_goes_on()
    {
        ImageDataset photos = Hymenoptera(train: 15, validation: 10);
        var damaged = LabeledImage.FromBytes("this is no photo"u8.ToArray(), "ants", "damaged.jpg");
        var unlabeled = LabeledImage.FromBytes(photos.Images[0].ReadBytes(), null, "unlabeled.jpg");

        FineTuningResult result = Pipeline(ImageDataset.FromImages([.. WithoutSubsets(photos).Images, damaged, unlabeled])).Fit();

        (result.TrainImages + result.ValidationImages).ShouldBe(50);
        result.Extraction.Skipped.Select(s => s.Path).ShouldBe(["damaged.jpg", "unlabeled.jpg"], ignoreOrder: true);
        result.Extraction.Skipped.Single(s => s.Path == "unlabeled.jpg").Reason.ShouldContain("no label");
    }

    [SkippableFact]
    public void A_class_that_is_lost_ends_the_work_with_its_name_and_the_reasons()
    {
        var damaged = LabeledImage.FromBytes("this is no photo"u8.ToArray(), "wasps", "damaged.jpg");
        var data = ImageDataset.FromImages([.. WithoutSubsets(Hymenoptera(train: 4, validation: 4)).Images, damaged]);

        string message = Should.Throw<TransferLearningException>(() => Pipeline(data).Fit()).Message;

        message.ShouldContain("no usable training image of class 'wasps'");
        message.ShouldContain("damaged.jpg");
    }

    [SkippableFact]
    public void A_validation_image_of_a_class_that_no_training_image_has_is_named()
    {
        ImageDataset photos = WithoutSubsets(Hymenoptera(train: 4, validation: 4));
        var validation = ImageDataset.FromImages([LabeledImage.FromBytes(photos.Images[0].ReadBytes(), "wasps", "odd.jpg")]);

        string message = Should.Throw<TransferLearningException>(() => Pipeline(photos).WithValidation(validation).Fit()).Message;

        message.ShouldContain("'odd.jpg' is of class 'wasps'");
        message.ShouldContain("ants, bees");
    }

    [SkippableFact]
    public void Small_then_larger_is_evaluated_on_both_before_and_after()
    {
        var flowers = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        ImageDataset two = OfClasses(flowers, 15, "roses", "tulips"), three = OfClasses(flowers, 40, "daisy", "roses", "tulips");

        FineTuningResult result = TransferPipeline.FineTune(two, tuneOn: three)
            .WithBackbone(SmallNetwork()).WithSharedBottlenecks().WithValidation(0.25).Fit();

        result.Classes.ShouldBe(["daisy", "roses", "tulips"]);
        result.Steps.Count.ShouldBe(2);
        result.Steps[0].MetricsOnLarger!.PerClass[0].Recall.ShouldBe(0, "the small set has no daisies");
        result.Steps[1].MetricsOnLarger!.PerClass[0].Recall.ShouldBeGreaterThan(0.5);
        result.Metrics.Accuracy.ShouldBe(result.Steps[1].MetricsOnLarger!.Accuracy);
        result.TrainImages.ShouldBe(result.Steps[0].TrainImages + result.Steps[1].TrainImages);
        result.Model.Labels.ShouldBe(result.Classes);
    }

    [SkippableFact]
    public void Canceling_during_training_keeps_the_best_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.Training && p.Done == 2)
            {
                cancellation.Cancel();
            }
        });

        FineTuningResult result = Pipeline(Hymenoptera(train: 10, validation: 10)).Fit(progress, cancellation.Token);

        result.Canceled.ShouldBeTrue();
        result.History.Count.ShouldBe(2);
        result.Metrics.Images.ShouldBe(20);
        result.Model.FalseRejectRate.ShouldBeNull();
        result.Warnings.ShouldContain(w => w.Contains("canceled before the detector", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Canceling_after_the_last_epoch_gives_a_canceled_result_with_the_trained_head()
    {
        using var cancellation = new CancellationTokenSource();
        ImageDataset data = Hymenoptera(train: 10, validation: 10);
        FineTuningResult whole = Pipeline(data).Fit();
        int last = whole.History.Count;
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.Training && p.Done == last)
            {
                cancellation.Cancel();
            }
        });

        FineTuningResult result = Pipeline(data).Fit(progress, cancellation.Token);

        result.Canceled.ShouldBeTrue();
        result.Steps[0].Training.Head.Weights.ToArray().ShouldBe(whole.Steps[0].Training.Head.Weights.ToArray());
        result.Model.FalseRejectRate.ShouldBeNull();
    }

    [SkippableFact]
    public async Task Canceling_during_extraction_throws_and_keeps_what_is_cached()
    {
        using var cache = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        TransferPipeline<FineTuningResult> pipeline = Pipeline(Hymenoptera(train: 40, validation: 20)).WithBottleneckCache(cache.Path);
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.Extracting && p.Done > 0)
            {
                cancellation.Cancel();
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() => pipeline.FitAsync(progress, cancellation.Token));

        (await pipeline.FitAsync()).Extraction.CacheHits.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public void Progress_goes_through_extraction_to_training()
    {
        var reports = new List<TransferProgress>();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            lock (reports)
            {
                reports.Add(p);
            }
        });

        Pipeline(Hymenoptera(train: 5, validation: 5)).Fit(progress);

        reports.Select(r => r.Stage).Distinct().ShouldBe([TransferStage.Extracting, TransferStage.Training]);
        TransferProgress extracted = reports.Last(r => r.Stage == TransferStage.Extracting);
        (extracted.Done, extracted.Total).ShouldBe((20, 20));
    }

    private static TransferPipeline<FineTuningResult> Pipeline(ImageDataset data) =>
        TransferPipeline.FineTune(data).WithBackbone(SmallNetwork()).WithSharedBottlenecks();

    private static Backbone SmallNetwork() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    /// <summary>Some photos per class and part of a set that has its own split.</summary>
    private static ImageDataset Hymenoptera(int train, int validation)
    {
        var all = ImageDataset.FromFolder(SharedData.Data("hymenoptera"));
        return all.Select([.. Enumerable.Range(0, all.Count)
            .GroupBy(i => (all.Images[i].Subset, all.Images[i].Label))
            .SelectMany(g => g.Take(g.Key.Subset == DatasetSubset.Train ? train : validation))]);
    }

    private static ImageDataset OfClasses(ImageDataset data, int each, params string[] classes) =>
        ImageDataset.FromImages(classes.SelectMany(c => data.Images.Where(i => i.Label == c).Take(each)));

    private static ImageDataset WithoutSubsets(ImageDataset data) =>
        ImageDataset.FromImages(data.Images.Select(i => LabeledImage.FromFile(i.Path, i.Label)));

    /// <summary>Keeps the groups that it is told of.</summary>
    private sealed class GroupRecorder : IRetrainer
    {
        private readonly SoftmaxRetrainer _inner = new();

        public List<int[]> Groups { get; } = [];

        public Backbone? RequiredBackbone => null;

        public IReadOnlyList<string> Validate(RetrainingDemands demands) => [];

        public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
        {
            Groups.Add(context.Groups.ToArray());
            return _inner.Retrain(training, validation, context);
        }
    }
}
