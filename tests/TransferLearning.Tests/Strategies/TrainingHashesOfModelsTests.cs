using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

/// <summary>Models know which images they were trained on, whatever made them.</summary>
public class TrainingHashesOfModelsTests
{
    private static readonly ImageDataset Images = DrawnImages.Set(20, "blue", "red");

    private static readonly ImageDataset Others = ImageDataset.FromImages(
        DrawnImages.Set(32, "blue", "red").Images.Where((_, i) => i % 32 >= 20));

    private static readonly Lazy<FineTuningResult> FineTuned = new(() => Fit(TransferPipeline.FineTune(Images)));

    [Fact]
    public void Fine_tuning_keeps_the_training_images_and_not_the_validation_images()
    {
        FineTuningResult result = FineTuned.Value;

        result.Model.KeepsTrainingHashes.ShouldBeTrue();
        result.Model.FindTrainingImages(result.TrainingData).ShouldBe(new TrainingOverlap(result.TrainImages, result.TrainImages));
        result.Model.FindTrainingImages(result.Validation.Images).ShouldBe(new TrainingOverlap(0, result.ValidationImages));
    }

    [Fact]
    public void A_saved_model_knows_them_too_and_is_saved_with_the_same_bytes()
    {
        using var again = TransferModel.Load(new MemoryStream(Save(FineTuned.Value.Model)));

        again.FindTrainingImages(Images).ShouldBe(FineTuned.Value.Model.FindTrainingImages(Images));
        Save(again).ShouldBe(Save(FineTuned.Value.Model));
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_but_for_the_time()
    {
        FineTuningResult[] results =
        [
            .. Enumerable.Range(1, 2).Select(threads => Fit(
                TransferPipeline.FineTune(Images).WithThreads(threads).WithTimeProvider(new FixedTime()))),
        ];

        Save(results[0].Model).ShouldBe(Save(results[1].Model));
    }

    [Fact]
    public void A_model_without_hashes_says_nothing()
    {
        FineTuningResult result = Fit(TransferPipeline.FineTune(Images).WithoutTrainingHashes());

        result.Model.KeepsTrainingHashes.ShouldBeFalse();
        result.Model.FindTrainingImages(Images).ShouldBeNull();
        result.Model.Evaluate(Images).TrainingOverlap.ShouldBeNull();
        result.Model.Evaluate(Images).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void An_evaluation_says_how_many_of_its_images_the_model_was_trained_on()
    {
        ModelEvaluation evaluation = FineTuned.Value.Model.Evaluate(Images);

        int trained = FineTuned.Value.TrainImages;
        evaluation.TrainingOverlap.ShouldBe(new TrainingOverlap(trained, 40));
        evaluation.Warnings.ShouldHaveSingleItem().ShouldBe(
            $"{trained} of 40 images were in the training data of this model: the accuracy says nothing about new photos");
        FineTuned.Value.Model.Evaluate(Others).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Labels_for_a_data_set_say_how_many_of_the_compared_images_the_model_was_trained_on()
    {
        FineTuned.Value.Model.Label(Images).TrainingOverlap.ShouldBe(new TrainingOverlap(FineTuned.Value.TrainImages, 40));
        FineTuned.Value.Model.Label(ImageDataset.FromImages(Images.Images.Select(i => i.WithLabel(null)))).TrainingOverlap.ShouldBeNull();
    }

    [Fact]
    public void A_model_of_cross_validation_was_trained_on_all_images() =>
        Fit(TransferPipeline.CrossValidate(Images)).Model.FindTrainingImages(Images).ShouldBe(new TrainingOverlap(40, 40));

    [Fact]
    public void A_model_of_pre_training_keeps_its_training_images()
    {
        PreTrainingResult result = Fit(TransferPipeline.PreTrain(Images));

        result.Model.FindTrainingImages(Images).ShouldBe(new TrainingOverlap(result.TrainImages, 40));
    }

    [Fact]
    public void A_model_of_parallel_training_was_trained_on_pseudo_labeled_images_as_well()
    {
        ParallelTrainingResult result = Fit(TransferPipeline.ParallelTrain(Images, Others, new() { Segments = 2, LabeledWeight = 20 }));

        result.KeptSmallSetModel.ShouldBeFalse();
        result.Model.FindTrainingImages(Images).ShouldBe(new TrainingOverlap(result.TrainImages, 40));
        result.Model.FindTrainingImages(Others)!.Found.ShouldBe(result.Segments.Sum(s => s.TrainImages));
    }

    [Fact]
    public void A_model_of_the_best_segment_was_trained_on_the_images_of_that_segment_alone()
    {
        var options = new ParallelTrainingOptions { Segments = 2, LabeledWeight = 20, Combine = HeadCombination.Best };
        ParallelTrainingResult result = Fit(TransferPipeline.ParallelTrain(Images, Others, options));

        result.KeptSmallSetModel.ShouldBeFalse();
        TrainingSegment best = result.Segments.MinBy(s => s.Metrics.LogLoss)!;
        result.Model.FindTrainingImages(Others)!.Found.ShouldBe(best.TrainImages);
        result.Segments.Sum(s => s.TrainImages).ShouldBeGreaterThan(best.TrainImages);
    }

    [Fact]
    public void A_continued_model_keeps_the_images_of_both_trainings()
    {
        FineTuningResult result = Continue(Others);

        result.Model.FindTrainingImages(FineTuned.Value.TrainingData)!.Found.ShouldBe(FineTuned.Value.TrainImages);
        result.Model.FindTrainingImages(result.TrainingData)!.Found.ShouldBe(result.TrainImages);
        result.Model.FindTrainingImages(result.Validation.Images)!.Found.ShouldBe(0);
        result.Continuation!.TrainingOverlap.ShouldBe(new TrainingOverlap(0, result.ValidationImages));
    }

    [Fact]
    public void Continuing_with_validation_images_that_the_model_was_trained_on_is_a_warning()
    {
        FineTuningResult result = Continue(Others, FineTuned.Value.TrainingData);

        result.Continuation!.TrainingOverlap!.Found.ShouldBe(FineTuned.Value.TrainImages);
        result.Warnings.ShouldContain(w => w.Contains("were in the training data of this model", StringComparison.Ordinal));
    }

    private static TResult Fit<TResult>(TransferPipeline<TResult> pipeline) =>
        pipeline.WithTinyBackbone().WithSharedBottlenecks().Fit();

    /// <summary>A continued model has a backbone of its own.</summary>
    private static FineTuningResult Continue(ImageDataset data, ImageDataset? validation = null)
    {
        var pipeline = TransferPipeline.FineTune(data);
        pipeline = validation is null ? pipeline : pipeline.WithValidation(validation);
        return pipeline.WithSharedBottlenecks().ContinueFrom(FineTuned.Value.Model).Fit();
    }

    private static byte[] Save(TransferModel model)
    {
        using var content = new MemoryStream();
        model.Save(content);
        return content.ToArray();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    }
}
