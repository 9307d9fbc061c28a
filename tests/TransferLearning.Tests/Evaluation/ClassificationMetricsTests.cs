using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class ClassificationMetricsTests
{
    private static readonly string[] Classes = ["ants", "bees", "wasps"];
    private static readonly int[] Labels = [0, 0, 1, 1, 2];
    private static readonly float[] Probabilities =
    [
        0.7f, 0.2f, 0.1f,
        0.3f, 0.6f, 0.1f,
        0.1f, 0.8f, 0.1f,
        0.2f, 0.5f, 0.3f,
        0.5f, 0.1f, 0.4f,
    ];

    private static readonly ClassificationMetrics Metrics = ClassificationMetrics.Compute(Classes, Labels, Probabilities);

    [Fact]
    public void Accuracy_is_the_share_of_right_predictions()
    {
        Metrics.Images.ShouldBe(5);
        Metrics.Accuracy.ShouldBe(0.6);
    }

    [Fact]
    public void Accuracy_has_the_score_interval_of_its_images()
    {
        // Three of five, by Wilson's formula.
        Metrics.AccuracyInterval().Lower.ShouldBe(0.2307, 5e-5);
        Metrics.AccuracyInterval().Upper.ShouldBe(0.8824, 5e-5);
        Metrics.AccuracyInterval(0.5).Level.ShouldBe(0.5);
        Metrics.AccuracyInterval(0.5).Lower.ShouldBeGreaterThan(0.4);
        Should.Throw<ArgumentOutOfRangeException>(() => Metrics.AccuracyInterval(95));
    }

    [Fact]
    public void Top_k_counts_the_k_most_probable_classes()
    {
        Metrics.TopAccuracy(2).ShouldBe(1);
        Metrics.Top5Accuracy.ShouldBe(1);
        ClassificationMetrics.Compute(Classes, [2], [0.5f, 0.3f, 0.2f]).TopAccuracy(2).ShouldBe(0);
    }

    [Fact]
    public void The_reliability_bins_hold_what_the_calibration_error_is_made_of()
    {
        ReliabilityBin[] bins = [.. Metrics.Reliability.Where(b => b.Images > 0)];

        Metrics.Reliability.Count.ShouldBe(15);
        bins.Select(b => b.Images).ShouldBe([2, 1, 1, 1]);
        bins.Select(b => b.Accuracy).ShouldBe([0.5, 0, 1, 1]);
        bins.Select(b => Math.Round(b.Confidence, 6)).ShouldBe([0.5, 0.6, 0.7, 0.8]);
        bins.Sum(b => b.Images / 5.0 * Math.Abs(b.Accuracy - b.Confidence)).ShouldBe(Metrics.ExpectedCalibrationError, 1e-9);
    }

    [Fact]
    public void Of_equal_probabilities_the_first_class_ranks_first()
    {
        ClassificationMetrics.Compute(["a", "b"], [0], [0.5f, 0.5f]).Accuracy.ShouldBe(1);
        ClassificationMetrics.Compute(["a", "b"], [1], [0.5f, 0.5f]).Accuracy.ShouldBe(0);
    }

    [Fact]
    public void The_confusion_matrix_counts_actual_against_predicted()
    {
        int[] counts = [.. Enumerable.Range(0, 9).Select(i => Metrics.Confusion[i / 3, i % 3])];

        counts.ShouldBe([1, 1, 0, 0, 2, 0, 1, 0, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => Metrics.Confusion[3, 0]);
    }

    [Fact]
    public void Precision_recall_and_f1_follow_from_the_confusion_matrix()
    {
        Metrics.PerClass[0].ShouldBe(new ClassMetrics("ants", 2, 0.5, 0.5, 0.5));
        Metrics.PerClass[1].ShouldBe(new ClassMetrics("bees", 2, 2.0 / 3, 1, 0.8));
        Metrics.PerClass[2].ShouldBe(new ClassMetrics("wasps", 1, 0, 0, 0));
        Metrics.MacroF1.ShouldBe((0.5 + 0.8 + 0) / 3, 1e-12);
    }

    [Fact]
    public void Macro_f1_leaves_out_classes_that_do_not_occur()
    {
        var metrics = ClassificationMetrics.Compute(Classes, [0, 1], [1, 0, 0, 0, 1, 0]);

        metrics.MacroF1.ShouldBe(1);
        metrics.PerClass[2].ShouldBe(new ClassMetrics("wasps", 0, 0, 0, 0));
    }

    [Fact]
    public void Log_loss_is_the_mean_negative_logarithm_of_the_true_class_probability()
    {
        double expected = -(Math.Log(0.7) + Math.Log(0.3) + Math.Log(0.8) + Math.Log(0.5) + Math.Log(0.4)) / 5;

        Metrics.LogLoss.ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void Log_loss_stays_finite_for_probability_zero() =>
        ClassificationMetrics.Compute(["a", "b"], [0], [0, 1]).LogLoss.ShouldBe(-Math.Log(1e-15), 1e-9);

    [Fact]
    public void Calibration_error_is_the_mean_gap_between_confidence_and_accuracy()
    {
        // Bins of width 1/15: 0.5 and 0.5 share one (sum 1.0, one right), the others stand alone.
        double expected = (Math.Abs(1.0 - 1) + (1 - 0.7) + 0.6 + (1 - 0.8)) / 5;

        Metrics.ExpectedCalibrationError.ShouldBe(expected, 1e-6);
    }

    [Fact]
    public void Certain_and_right_is_calibrated_and_certain_and_wrong_is_not()
    {
        ClassificationMetrics.Compute(["a", "b"], [0, 1], [1, 0, 0, 1]).ExpectedCalibrationError.ShouldBe(0);
        ClassificationMetrics.Compute(["a", "b"], [1, 0], [1, 0, 0, 1]).ExpectedCalibrationError.ShouldBe(1);
    }

    [Fact]
    public void One_class_is_always_right()
    {
        var metrics = ClassificationMetrics.Compute(["a"], [0, 0], [1, 1]);

        (metrics.Accuracy, metrics.MacroF1, metrics.LogLoss).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void No_images_are_refused() =>
        Should.Throw<TransferLearningException>(() => ClassificationMetrics.Compute(Classes, [], [])).Message.ShouldContain("no images");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    public void A_value_that_is_no_probability_is_refused_with_its_position(float value) =>
        Should.Throw<TransferLearningException>(() => ClassificationMetrics.Compute(["a", "b"], [0, 0], [0.5f, 0.5f, 0.5f, value]))
            .Message.ShouldContain($"the probability of class 1 for image 1 is {value}");

    [Fact]
    public void Lengths_and_labels_must_match()
    {
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Compute(Classes, [0, 1], [1, 0, 0]));
        Should.Throw<ArgumentException>(() => ClassificationMetrics.Compute(["a", "b"], [2], [1, 0]));
    }
}
