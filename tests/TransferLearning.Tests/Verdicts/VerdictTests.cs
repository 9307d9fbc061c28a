using TransferLearning.Data;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Tests.Verdicts;

public class VerdictTests
{
    [Fact]
    public void A_classifier_without_mistakes_is_very_good_and_beside_guessing_that_is_said()
    {
        CrossValidationResult result = CrossValidate(DrawnImages.Set(60, "blue", "green"));

        var verdict = Verdict.Of(result);

        verdict.Quality.ShouldBe(VerdictQuality.VeryGood);
        verdict.HowGood.ShouldStartWith("Very good: right for ");
        verdict.HowGood.ShouldEndWith("Always answering blue, the most frequent class, would be right for 50.");
        (verdict.MajorityClass, verdict.MajorityShare, verdict.Images).ShouldBe(("blue", 0.5, 120));
        (verdict.Accuracy, verdict.Interval).ShouldBe((result.Accuracy, result.AccuracyInterval()));
        verdict.HowSure.ShouldContain("120 images, each predicted by a classifier that had not seen it");
    }

    [Fact]
    public void A_classifier_of_labels_at_random_is_no_better_than_guessing()
    {
        var random = new Random(1);
        ImageDataset data = Relabel(DrawnImages.Set(30, "blue", "blue again"), _ => random.Next(2) == 0 ? "heads" : "tails");

        var verdict = Verdict.Of(CrossValidate(data));

        verdict.Quality.ShouldBe(VerdictQuality.NoBetterThanGuessing);
        verdict.HowGood.ShouldStartWith("Not shown to be better than guessing: ");
    }

    [Fact]
    public void Where_nothing_stands_out_there_is_nothing_to_do() =>
        Verdict.Of(CrossValidate(DrawnImages.Set(60, "blue", "green"))).NextSteps.ShouldBeEmpty();

    [Fact]
    public void With_few_images_the_estimate_is_rough_and_with_many_less_so()
    {
        Verdict.Of(FineTune(DrawnImages.Set(12, "blue", "green"))).HowSure.ShouldStartWith("A rough estimate: measured on ");
        Verdict.Of(CrossValidate(DrawnImages.Set(60, "blue", "green"))).HowSure.ShouldNotStartWith("A rough estimate");
    }

    [Fact]
    public void A_figure_that_rests_on_copies_is_not_reliable()
    {
        FineTuningResult result = FineTune(DrawnImages.Set(60, "blue", "green"));

        Verdict.Of(result.Model.Evaluate(result.TrainingData)).HowSure.ShouldStartWith("Not reliable: ");
    }

    [Fact]
    public void A_network_that_was_used_as_it_is_has_no_verdict()
    {
        FineTuningResult result = FineTune(DrawnImages.Set(12, "blue", "green"));
        using var folder = new TemporaryFolder();
        result.Model.Save(folder.At("model.onnx"));
        folder.Write("labels.txt", "blue\ngreen\n");
        var network = new PretrainedNetwork { Path = folder.At("model.onnx"), Labels = folder.At("labels.txt") };
        PreTrainingResult asItIs = TransferPipeline.PreTrain(network).Fit();

        Should.Throw<TransferLearningException>(() => Verdict.Of(asItIs)).Message.ShouldContain("evaluate its model on labeled images");
    }

    private static FineTuningResult FineTune(ImageDataset data) =>
        TransferPipeline.FineTune(data).WithTinyBackbone().WithSharedBottlenecks().Fit();

    private static CrossValidationResult CrossValidate(ImageDataset data) =>
        TransferPipeline.CrossValidate(data).WithTinyBackbone().WithSharedBottlenecks().Fit();

    private static ImageDataset Relabel(ImageDataset data, Func<LabeledImage, string> label) =>
        ImageDataset.FromImages(data.Images.Select(i => i.WithLabel(label(i))));
}
