using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class NetworkTrainingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        new NetworkTrainingOptions().Validate().ShouldBeEmpty();
        NetworkTrainingOptions.FromScratch.Validate().ShouldBeEmpty();
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var options = new NetworkTrainingOptions
        {
            Epochs = 0,
            LearningRate = double.NaN,
            LearningRateSchedule = LearningRateSchedule.OneCycle with { WarmUpEpochs = 2 },
            LowerStageRate = 1.5,
            Optimizer = (NetworkOptimizer)7,
            Momentum = 1,
            WeightDecay = -1,
            BatchSize = 1025,
            MaxGradientNorm = 0,
            WeightAveraging = 1,
            LabelSmoothing = 1,
            ClassWeights = ClassWeights.Custom(new Dictionary<string, double> { ["cat"] = -2 }),
            MixUp = -1,
            CutMix = double.PositiveInfinity,
            HeldOutFraction = 0,
            EarlyStopping = new EarlyStopping { Patience = 0 },
            Resumes = true,
        };

        IReadOnlyList<string> problems = options.Validate();

        string[] starts =
        [
            "Epochs is 0: ", "LearningRate is NaN: ", "LowerStageRate is 1.5: ", "Optimizer is 7: it must be Sgd or AdamW",
            "Momentum is 1: ", "WeightDecay is -1: ", "BatchSize is 1025: ", "MaxGradientNorm is 0: ", "WeightAveraging is 1: ",
            "LabelSmoothing is 1: ", "MixUp is -1: ", "CutMix is ", "HeldOutFraction is 0: ",
            "Resumes is set, but there is no Checkpoint", "the weight of class 'cat' is -2", "EarlyStopping.Patience is 0: ",
            "LearningRateSchedule.WarmUpEpochs is 2: ",
        ];
        problems.Count.ShouldBe(starts.Length);
        starts.ShouldAllBe(s => problems.Count(p => p.StartsWith(s, StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public void A_description_does_not_depend_on_the_language_of_the_machine()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string expected = NetworkTrainingOptions.FromScratch.Describe();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            NetworkTrainingOptions.FromScratch.Describe().ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Options_that_do_not_decide_the_result_are_not_in_the_description()
    {
        var options = new NetworkTrainingOptions();

        (options with { Checkpoint = "file", Resumes = true }).Describe().ShouldBe(options.Describe());
    }
}
