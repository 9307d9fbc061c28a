using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models.Comparison;

public sealed class ModelComparisonTests
{
    private static readonly ImageDataset Images = DrawnImages.Set(8, "red", "blue", "green");

    [Fact]
    public void Accuracies_classes_and_changed_images_are_those_of_the_two_models()
    {
        using TransferModel first = Fit(Images);
        using TransferModel second = Fit(ImageDataset.FromImages(Images.Images.Select((i, n) =>
            LabeledImage.FromBytes(i.ReadBytes()!, n % 2 == 0 ? "red" : i.Label!, i.Path))));

        var comparison = ModelComparison.Of(first, second, Images);

        ModelEvaluation one = first.Evaluate(Images), two = second.Evaluate(Images);
        comparison.Images.ShouldBe(24);
        comparison.First.Metrics.Accuracy.ShouldBe(one.Metrics.Accuracy);
        comparison.Second.Metrics.Accuracy.ShouldBe(two.Metrics.Accuracy);
        comparison.Difference.ShouldBe(two.Metrics.Accuracy - one.Metrics.Accuracy);
        comparison.Changed.Count.ShouldBeGreaterThan(0);
        foreach (ChangedImage image in comparison.Changed)
        {
            LabeledImage file = Images.Images.Single(i => i.Path == image.Path);
            image.First.Label.ShouldBe(first.Predict(file.ReadBytes()!).Label);
            image.Second.Label.ShouldBe(second.Predict(file.ReadBytes()!).Label);
            image.Label.ShouldBe(file.Label);
        }

        comparison.Test.OnlyFirst.ShouldBe(comparison.Changed.Count(i => i.IsFirstRight));
        comparison.Test.OnlySecond.ShouldBe(comparison.Changed.Count(i => i.IsSecondRight));
        comparison.DifferenceInterval.Lower.ShouldBeLessThanOrEqualTo(comparison.Difference);
        comparison.DifferenceInterval.Upper.ShouldBeGreaterThanOrEqualTo(comparison.Difference);
        comparison.Classes.Select(c => c.Name).ShouldBe(first.Labels);
        comparison.Classes.Sum(c => c.Images * c.RecallOfFirst).ShouldBe(24 * one.Metrics.Accuracy, 1e-9);
        comparison.Warnings.ShouldContain(w => w.Contains("of 24 images were in the training data of the first model"));
    }

    [Fact]
    public void A_model_does_not_differ_from_itself()
    {
        using TransferModel model = Fit(Images);

        var comparison = ModelComparison.Of(model, model, Images);

        (comparison.Difference, comparison.Test.PValue, comparison.Changed.Count).ShouldBe((0, 1, 0));
    }

    [Fact]
    public void Models_with_different_classes_are_compared_on_those_that_both_know()
    {
        using TransferModel first = Fit(Images);
        using TransferModel second = Fit(ImageDataset.FromImages(Images.Images.Where(i => i.Label != "green")));

        var comparison = ModelComparison.Of(first, second, Images);

        (comparison.Images, comparison.LeftOut).ShouldBe((16, 8));
        comparison.OnlyInFirst.ShouldBe(["green"]);
        comparison.OnlyInSecond.ShouldBeEmpty();
        comparison.Classes.Select(c => c.Name).ShouldBe(["blue", "red"], ignoreOrder: true);
        comparison.Warnings.ShouldContain(w => w.Contains("only the first: green") && w.Contains("8 images"));
    }

    [Fact]
    public void Models_without_a_common_class_are_refused()
    {
        using TransferModel first = Fit(DrawnImages.Set(8, "red", "blue")), second = Fit(DrawnImages.Set(8, "ant", "bee"));

        Should.Throw<TransferLearningException>(() => ModelComparison.Of(first, second, Images)).Message
            .ShouldContain("no class in common");
    }

    [Fact]
    public void A_label_that_neither_model_knows_is_named()
    {
        using TransferModel model = Fit(DrawnImages.Set(8, "red", "blue"));

        Should.Throw<TransferLearningException>(() => ModelComparison.Of(model, model, DrawnImages.Set(2, "red", "cyan"))).Message
            .ShouldContain("cyan");
    }

    private static TransferModel Fit(ImageDataset images) =>
        TransferPipeline.FineTune(images).WithTinyBackbone().WithoutBottleneckCache().Fit().Model;
}
