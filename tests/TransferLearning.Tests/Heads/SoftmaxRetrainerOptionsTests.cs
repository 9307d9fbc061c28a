using TransferLearning.Heads;

namespace TransferLearning.Tests.Heads;

public class SoftmaxRetrainerOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => new SoftmaxRetrainerOptions().Validate().ShouldBeEmpty();

    [Fact]
    public void All_problems_are_reported_together()
    {
        var options = new SoftmaxRetrainerOptions
        {
            Optimizer = (HeadOptimizer)9,
            Epochs = 0,
            L2 = -1,
            FeatureScaling = (FeatureScaling)9,
            LabelSmoothing = 1,
            Tolerance = double.NaN,
            BatchSize = 0,
            LearningRate = double.PositiveInfinity,
            Momentum = 1,
            ClassWeights = ClassWeights.Custom(new Dictionary<string, double> { ["ants"] = 0 }),
            EarlyStopping = new() { Patience = 0, MinDelta = -1 },
            LearningRateSchedule = LearningRateSchedule.Exponential(1.5) with { WarmUpEpochs = -1 },
        };

        IReadOnlyList<string> problems = options.Validate();

        string[] expected =
        [
            "Optimizer is 9: it must be one of Lbfgs, Nesterov, Adam",
            "Epochs is 0", "L2 is -1", "FeatureScaling is 9: it must be one of Common, PerFeature, None", "LabelSmoothing is 1",
            "Tolerance is NaN", "BatchSize is 0", "LearningRate is", "Momentum is 1", "'ants' is 0", "Patience is 0", "MinDelta is -1",
            "WarmUpEpochs is -1", "schedule is 1.5",
        ];
        problems.Count.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            problems[i].ShouldContain(expected[i]);
        }

        LabeledBottlenecks data = SyntheticBottlenecks.Create(10, 4, 2, seed: 1);
        Should.Throw<InvalidOptionsException>(() => new SoftmaxRetrainer(options).Retrain(data, null, new())).Problems.ShouldBe(problems);
    }
}
