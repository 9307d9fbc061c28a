using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

public class StrategyRunTests
{
    [Fact]
    public void A_validation_set_is_extracted_once_for_all_data_sets()
    {
        ImageDataset validation = DrawnImages.Set(3, "red", "blue");
        StrategyRun run = Run(new TransferSettings { Cache = null, ValidationData = DataSource.Of(validation) });

        PreparedData first = run.Prepare(DrawnImages.Set(4, "red", "blue")), second = run.Prepare(DrawnImages.Set(5, "red", "blue"));

        first.ValidationImages.Images.ShouldBe(validation.Images);
        second.ValidationImages.Images.ShouldBe(validation.Images);
        (first.TrainImages.Count, second.TrainImages.Count).ShouldBe((8, 10));
        (run.Extraction.CacheHits, run.Extraction.CacheMisses).ShouldBe((0, 6 + 8 + 10));
    }

    [Fact]
    public void What_the_extractions_took_adds_up()
    {
        var broken = LabeledImage.FromBytes(new byte[1], "red", "broken.jpg");
        var unlabeled = LabeledImage.FromBytes(DrawnImages.Disc(0, 1).File, null, "unlabeled.jpg");
        StrategyRun run = Run(new TransferSettings { Cache = null });

        run.Extract(ImageDataset.FromImages([.. DrawnImages.Set(2, "red", "blue").Images, broken, unlabeled]));
        double seconds = run.Extraction.Seconds;
        run.Extract(DrawnImages.Set(3, "red", "blue"));

        run.Extraction.CacheMisses.ShouldBe(4 + 6);
        run.Extraction.Skipped.Select(s => s.Path).ShouldBe(["unlabeled.jpg", "broken.jpg"]);
        run.Extraction.Seconds.ShouldBeGreaterThan(seconds);
    }

    [Fact]
    public void A_completed_model_has_all_its_parts_and_says_how_it_was_made()
    {
        StrategyRun run = Run(new TransferSettings { Cache = null, GivenSeed = 7 });
        PreparedData data = run.Prepare(DrawnImages.Set(30, "red", "blue"));
        var head = new CombinedHead(run.Train(data.Rows, run.Context).Head);
        var evaluated = new EvaluatedHead
        {
            Head = head,
            Metrics = head.Evaluate(data.Rows.Validation, run.Threads),
            Validation = data.Rows.Validation,
            ValidationImages = data.ValidationImages,
            HeldOut = null,
            Known = data.Rows,
        };

        CompletedModel completed = run.Complete(evaluated, 0.1, new ModelFacts("a fifth strategy", 48).Add("half", 0.5));

        using TransferModel model = completed.Model;
        model.FalseRejectRate.ShouldBe(0.1);
        model.RemembersClasses.ShouldBeTrue();
        model.Origin.Backbone.ShouldBe("tiny");
        IReadOnlyDictionary<string, string> facts = model.Origin.Facts;
        facts.Keys.ShouldBe(
        [
            "backboneFingerprint", "calibrationErrorAfter", "calibrationErrorBefore", "half", "library", "seed", "strategy", "temperature",
            "trainImages", "trainer", "validationAccuracy", "validationImages", "weightsLicense",
        ]);
        (facts["strategy"], facts["half"], facts["seed"]).ShouldBe(("a fifth strategy", "0.5000", "7"));
        EvaluatedImages validation = completed.Validation;
        float[] predicted = model.Predict(validation.Images.Images[0].ReadBytes()).Probabilities.ToArray();
        predicted[0].ShouldBe(validation.Row(0)[0], 1e-3f);
    }

    private static StrategyRun Run(TransferSettings settings) => new(settings, TinyBackbone.Value, null, CancellationToken.None);
}
