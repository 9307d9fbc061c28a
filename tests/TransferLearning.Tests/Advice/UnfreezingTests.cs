using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Tests.Strategies.Augmentation;

namespace TransferLearning.Tests.Advice;

/// <summary>What advice says of unfreezing, from trials on real photos with a small real network.</summary>
public class UnfreezingTests
{
    [SkippableFact]
    public void A_trial_measures_what_the_last_stage_brings_beside_the_head_alone()
    {
        ImageDataset photos = Signs(15);

        AdviceResult advice = TransferPipeline.Advise(photos, Trying()).WithSharedBottlenecks().WithSeed(1).Fit();

        UnfreezingAdvice trial = advice.Unfreezing!;
        (trial.Images, trial.Classes, trial.Stages).ShouldBe((photos.Count, 10, 1));
        trial.NetworkStages.ShouldBeGreaterThan(3);
        trial.TrainImages.ShouldBe(photos.Count * 2 / 3.0, 1);
        trial.HeadAccuracy.ShouldBeInRange(0.3, 0.95);
        trial.TunedAccuracy.ShouldBeGreaterThan(0.3);
        trial.Difference.ShouldBeInRange(trial.DifferenceInterval.Lower, trial.DifferenceInterval.Upper);
        trial.SecondsForAll.ShouldBeGreaterThan(0);
        trial.MapBytesForAll.ShouldBeGreaterThan(photos.Count * 1000L);
        advice.Evidence.ShouldContain(s => s.StartsWith($"trial on {photos.Count} images of 10 classes: head alone "));
        advice.Evidence.ShouldContain(s => s.StartsWith(trial.IsRecommended ? "unfreeze the last stage: " : "train the head alone: "));
    }

    [SkippableFact]
    public void The_same_seed_gives_the_same_trial_for_any_number_of_threads()
    {
        TransferPipeline<AdviceResult> pipeline = TransferPipeline.Advise(Signs(10), Trying()).WithSharedBottlenecks();

        UnfreezingAdvice one = pipeline.WithThreads(1).Fit().Unfreezing!, two = pipeline.WithThreads(2).Fit().Unfreezing!;

        (two.HeadAccuracy, two.TunedAccuracy, two.DifferenceInterval).ShouldBe(
            (one.HeadAccuracy, one.TunedAccuracy, one.DifferenceInterval));
    }

    [SkippableFact]
    public void With_too_few_images_the_evidence_says_why_nothing_was_tried()
    {
        AdviceResult advice = TransferPipeline.Advise(Signs(4), Trying()).WithSharedBottlenecks().Fit();

        advice.Unfreezing.ShouldBeNull();
        advice.Evidence.ShouldContain("unfreezing was not tried: 40 images are too few, at least 100 are needed");
    }

    [SkippableFact]
    public void Nothing_is_tried_unless_it_is_asked_for_and_a_network_is_recommended()
    {
        ImageDataset photos = Signs(10);

        AdviceResult plain = TransferPipeline
            .Advise(photos, Trying() with { TriesUnfreezing = false }).WithSharedBottlenecks().Fit();
        AdviceResult without = TransferPipeline.Advise(photos, Trying() with { MaxModelBytes = 1000 }).WithSharedBottlenecks().Fit();

        (plain.Unfreezing, without.Unfreezing).ShouldBe((null, null));
        plain.Evidence.ShouldNotContain(s => s.Contains("unfreez"));
    }

    [SkippableFact]
    public void A_trainer_that_trains_heads_only_is_refused_before_any_image_is_read()
    {
        InvalidOptionsException problem = Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.Advise(Signs(4), Trying()).WithRetrainer(new RecordingRetrainer()).Fit());

        problem.Problems.ShouldContain(
            "AdviceOptions.TriesUnfreezing (or --try-unfreezing) is set, but the trainer RecordingRetrainer trains heads only: leave one "
            + "of the two out");
    }

    [Theory]
    [InlineData(0.01, 0.09, "unfreeze the last stage: the difference is more than noise; this takes up to 20 minutes and 500 MB of cache ")]
    [InlineData(-0.01, 0.09, "train the head alone: the difference may be noise, and unfreezing takes up to 20 minutes and 500 MB ")]
    [InlineData(-0.09, -0.01, "train the head alone: it is more accurate by more than noise")]
    public void Unfreezing_is_recommended_only_where_the_difference_is_more_than_noise(double lower, double upper, string expected)
    {
        var trial = new UnfreezingAdvice
        {
            Stages = 1,
            NetworkStages = 5,
            Images = 600,
            TrainImages = 400,
            Classes = 10,
            HeadAccuracy = 0.85,
            TunedAccuracy = 0.9,
            DifferenceInterval = new ConfidenceInterval(lower, upper, 0.95),
            Seconds = 60,
            SecondsForAll = 1200,
            MapBytesForAll = 500_000_000,
        };

        string[] sentences = [.. AdviceEvidence.Of(trial, 5000)];

        trial.IsRecommended.ShouldBe(lower > 0);
        sentences[0].ShouldStartWith(
            "trial on 600 images of 10 classes: head alone 85.0 %, with the last of 5 stages trained too 90.0 %, difference +5.0 points");
        sentences[1].ShouldStartWith(expected);
    }

    private static AdviceOptions Trying() =>
        new() { Backbones = [SharedData.Backbone("mobilenet_v1_0.25_128.onnx")], TriesUnfreezing = true };

    private static ImageDataset Signs(int perClass)
    {
        var signs = ImageDataset.Open(SharedData.Data("sign-digits"));
        return signs.Select([.. signs.Labels.SelectMany(
            l => Enumerable.Range(0, signs.Count).Where(i => signs.Images[i].Label == l).Take(perClass))]);
    }
}
