using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models;

public class ModelEvaluationTests
{
    private static readonly Lazy<FineTuningResult> Trained =
        new(() => TransferPipeline.FineTune(DrawnImages.Set(12, "blue", "green", "red"))
            .WithBackbone(Backbone.Compact).WithSharedBottlenecks().Fit());

    [Fact]
    public void The_figures_are_those_of_the_training()
    {
        ImageDataset validation = Trained.Value.Validation.Images;

        ModelEvaluation evaluation = Trained.Value.Model.Evaluate(validation);

        evaluation.Metrics.Images.ShouldBe(validation.Count);
        evaluation.Metrics.Accuracy.ShouldBe(Trained.Value.Metrics.Accuracy);
        evaluation.Metrics.LogLoss.ShouldBe(Trained.Value.Metrics.LogLoss, 1e-3);
        evaluation.Evaluated.Images.Labels.ShouldBe(Trained.Value.Classes);
        evaluation.Skipped.ShouldBeEmpty();
    }

    [Fact]
    public void Data_with_fewer_classes_than_the_model_is_evaluated_with_the_models_classes()
    {
        ModelEvaluation evaluation = Trained.Value.Model.Evaluate(DrawnImages.Set(2, "blue"));

        evaluation.Metrics.ClassNames.ShouldBe(["blue", "green", "red"]);
        evaluation.Metrics.PerClass.Select(c => c.Support).ShouldBe([2, 0, 0]);
    }

    [Fact]
    public void Images_that_cannot_be_decoded_are_named()
    {
        var broken = LabeledImage.FromBytes("no image"u8.ToArray(), "red", "broken.jpg");

        ModelEvaluation evaluation = Trained.Value.Model.Evaluate(
            ImageDataset.FromImages(DrawnImages.Set(2, "blue").Images.Prepend(broken)));

        evaluation.Skipped.ShouldHaveSingleItem().Path.ShouldBe("broken.jpg");
        evaluation.Metrics.Images.ShouldBe(2);
        Should.Throw<TransferLearningException>(() => Trained.Value.Model.Evaluate(ImageDataset.FromImages([broken])))
            .Message.ShouldContain("broken.jpg");
    }

    [Fact]
    public void Labels_that_the_model_does_not_know_are_refused()
    {
        Should.Throw<TransferLearningException>(() => Trained.Value.Model.Evaluate(DrawnImages.Set(1, "purple")))
            .Message.ShouldContain("purple. It knows: blue, green, red");
        var unlabeled = ImageDataset.FromImages([LabeledImage.FromBytes(DrawnImages.Disc(0, 1).File, null)]);
        Should.Throw<TransferLearningException>(() => Trained.Value.Model.Evaluate(unlabeled))
            .Message.ShouldContain("1 of 1 images have no label");
    }
}
