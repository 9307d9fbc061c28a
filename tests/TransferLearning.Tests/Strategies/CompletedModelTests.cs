using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

/// <summary>What the models of all strategies can do, on real photos and a small real network.</summary>
public class CompletedModelTests
{
    // One of the 20 validation images sets the detector's threshold, so how much it detects depends on the division.
    private const int Seed = 2;

    private static readonly string[] Known = ["daisy", "dandelion", "roses", "sunflowers"];

    [SkippableFact]
    public void A_model_of_cross_validation_detects_out_of_distribution_images_and_can_be_continued() => Check(
        TransferPipeline.CrossValidate(Flowers(0, 25, Known)).WithBackbone(Network()).WithSharedBottlenecks().Fit().Model);

    [SkippableFact]
    public void A_model_of_pre_training_detects_out_of_distribution_images_and_can_be_continued() => Check(
        TransferPipeline.PreTrain(Flowers(0, 25, Known)).WithSeed(Seed).WithBackbone(Network()).WithSharedBottlenecks().Fit().Model);

    [SkippableTheory]
    [InlineData(HeadCombination.Average)]
    [InlineData(HeadCombination.Ensemble)]
    public void A_model_of_parallel_training_detects_out_of_distribution_images_and_can_be_continued(HeadCombination combine)
    {
        var options = new ParallelTrainingOptions { Combine = combine, Segments = 2 };
        Check(TransferPipeline.ParallelTrain(Flowers(0, 25, Known), Flowers(25, 15, Known), options)
            .WithSeed(Seed).WithBackbone(Network()).WithSharedBottlenecks().Fit().Model);
    }

    [SkippableFact]
    public void A_continued_model_starts_with_its_temperature()
    {
        CrossValidationResult first = TransferPipeline.CrossValidate(Flowers(0, 20, Known))
            .WithRetrainer(new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 0.01 }))
            .WithBackbone(Network()).WithSharedBottlenecks().Fit();
        using TransferModel model = first.Model;
        first.Calibration.Temperature.ShouldBeGreaterThan(1.2);

        FineTuningResult result = TransferPipeline.FineTune(Flowers(20, 20, Known)).WithSharedBottlenecks().ContinueFrom(model).Fit();

        result.Continuation!.Before!.LogLoss.ShouldBe(model.Evaluate(result.Validation.Images).Metrics.LogLoss, 1e-3);
        result.Metrics.LogLoss.ShouldBeLessThan(result.Continuation.Before.LogLoss);
    }

    /// <summary>After saving and loading.</summary>
    private static void Check(TransferModel fitted)
    {
        using var file = new MemoryStream();
        using (fitted)
        {
            fitted.Save(file);
        }

        file.Position = 0;
        using var model = TransferModel.Load(file);
        (model.FalseRejectRate, model.RemembersClasses).ShouldBe((0.05, true));
        var rubbish = ImageDataset.FromFolder(SharedData.Data("trashnet"));
        double known = RejectedShare(model, Flowers(25, 15, Known));
        known.ShouldBeLessThan(0.25);
        RejectedShare(model, rubbish.Select([.. Enumerable.Range(0, 30).Select(i => i * 80)])).ShouldBeGreaterThan(known + 0.3);

        FineTuningResult result = TransferPipeline.FineTune(Flowers(0, 25, ["tulips"])).WithSharedBottlenecks().ContinueFrom(model).Fit();
        using TransferModel continued = result.Model;
        continued.Labels.ShouldBe([.. Known, "tulips"]);
        result.Continuation!.Rehearsed.ShouldBeTrue();
        continued.PredictAll(Flowers(25, 10, Known)).Average(p => p.Prediction!.Label == "tulips" ? 1.0 : 0).ShouldBeLessThan(0.5);
    }

    private static double RejectedShare(TransferModel model, ImageDataset images) =>
        model.PredictAll(images).Average(p => p.Prediction!.IsUnknown ? 1.0 : 0);

    private static Backbone Network() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    /// <summary>Some photos of each of some classes.</summary>
    private static ImageDataset Flowers(int skip, int take, string[] classes)
    {
        var all = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        return ImageDataset.FromImages(classes.SelectMany(c => all.Images.Where(i => i.Label == c).Skip(skip).Take(take)));
    }
}
