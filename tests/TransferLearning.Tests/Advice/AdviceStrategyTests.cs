using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Data;

namespace TransferLearning.Tests.Advice;

/// <summary>Advice on real photos, from small real networks.</summary>
public class AdviceStrategyTests
{
    [SkippableFact]
    public void The_most_accurate_network_is_recommended_with_its_figures()
    {
        AdviceResult advice = TransferPipeline
            .Advise(Photos(), new AdviceOptions { Backbones = Networks() }).WithSharedBottlenecks().Fit();

        advice.Candidates.Count.ShouldBe(2);
        advice.Recommended.ShouldBe(advice.Candidates.MaxBy(c => c.Accuracy));
        advice.Candidates.ShouldAllBe(c => c.Accuracy > 0.5 && c.Similarity > 0 && c.MillisecondsPerImage > 0 && c.ModelBytes > 100_000);
        advice.Strategy.ShouldBe(RecommendedStrategy.CrossValidation);
        advice.LearningCurve.Points[^1].TrainImages.ShouldBe(80 * 0.8, 1);
        advice.Evidence.ShouldContain(s => s.StartsWith("twice the images would give about +"));
        advice.Images.ShouldBe(80);
        advice.Classes.ShouldBe(["ants", "bees"]);
    }

    [SkippableFact]
    public void A_limit_on_size_excludes_the_larger_network()
    {
        IReadOnlyList<Backbone> networks = Networks();

        AdviceResult advice = TransferPipeline
            .Advise(Photos(), new AdviceOptions { Backbones = networks, MaxModelBytes = 2_500_000 }).WithSharedBottlenecks().Fit();

        advice.Recommended!.Backbone.ShouldBeSameAs(networks[0]);
        advice.Candidates.Single(c => c.Backbone == networks[1]).IsWithinBudget.ShouldBeFalse();
    }

    [SkippableFact]
    public void If_no_network_is_within_the_limits_none_is_recommended()
    {
        AdviceResult advice = TransferPipeline
            .Advise(Photos(), new AdviceOptions { Backbones = [Networks()[0]], MaxModelBytes = 1000 }).WithSharedBottlenecks().Fit();

        advice.Recommended.ShouldBeNull();
        advice.Evidence[0].ShouldStartWith("no backbone is within the budget");
    }

    [SkippableFact]
    public void The_same_seed_gives_the_same_figures_for_any_number_of_threads()
    {
        TransferPipeline<AdviceResult> pipeline =
            TransferPipeline.Advise(Photos(), new AdviceOptions { Backbones = [Networks()[0]] }).WithoutBottleneckCache().WithSeed(3);

        AdviceResult one = pipeline.WithThreads(1).Fit(), two = pipeline.WithThreads(2).Fit();

        (two.Candidates[0].Accuracy, two.Candidates[0].LogLoss, two.Candidates[0].LogMe)
            .ShouldBe((one.Candidates[0].Accuracy, one.Candidates[0].LogLoss, one.Candidates[0].LogMe));
        two.LearningCurve.Points.ShouldBe(one.LearningCurve.Points);
    }

    [Fact]
    public void Invalid_limits_are_reported_together()
    {
        var options = new AdviceOptions { MaxModelBytes = 0, MaxMillisecondsPerImage = double.NaN };

        InvalidOptionsException problem = Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.Advise(ImageDataset.FromImages([LabeledImage.FromBytes(new byte[1], "a")]), options).Fit());

        problem.Problems.Count.ShouldBe(3);
    }

    private static IReadOnlyList<Backbone> Networks() =>
    [
        SharedData.Backbone("mobilenet_v1_0.25_128.onnx"),
        SharedData.Backbone("compact_v0.onnx"),
    ];

    private static ImageDataset Photos()
    {
        var train = ImageDataset.Open(Path.Combine(SharedData.Data("hymenoptera"), "train"));
        return train.Select(
            [.. train.Labels.SelectMany(l => Enumerable.Range(0, train.Count).Where(i => train.Images[i].Label == l).Take(40))]);
    }
}
