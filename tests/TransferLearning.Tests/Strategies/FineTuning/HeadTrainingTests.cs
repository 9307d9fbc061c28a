using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.Strategies.FineTuning;

public class HeadTrainingTests
{
    [Fact]
    public void One_data_set_is_one_step()
    {
        FineTuningStep step = Training().Train(Split("photos", 200, [0, 1, 2, 3]));

        step.Data.ShouldBe("photos");
        step.TrainImages.ShouldBe(200);
        step.Metrics.Accuracy.ShouldBeGreaterThan(0.8);
        step.Metrics.ClassNames.ShouldBe(["class000", "class001", "class002", "class003"]);
        step.MetricsOnLarger.ShouldBeNull();
    }

    [Fact]
    public void Classes_that_only_the_larger_set_has_are_added()
    {
        IReadOnlyList<FineTuningStep> steps = Training().Train(Split("small", 40, [1, 3]), Split("larger", 300, [0, 1, 2, 3]));

        steps.Count.ShouldBe(2);
        steps[0].Training.Head.Classes.ShouldBe(2);
        steps[1].Training.Head.Classes.ShouldBe(4);
        steps[1].MetricsOnLarger!.ClassNames.ShouldBe(["class000", "class001", "class002", "class003"]);

        // Before, half the larger set's images are of classes that the head does not know.
        steps[0].MetricsOnLarger!.Accuracy.ShouldBeLessThanOrEqualTo(0.5);
        steps[0].MetricsOnLarger!.PerClass[0].Recall.ShouldBe(0);
        steps[0].MetricsOnLarger!.PerClass[1].Recall.ShouldBeGreaterThan(0.5);
        steps[1].MetricsOnLarger!.Accuracy.ShouldBeGreaterThan(0.8);
        steps[1].Metrics.Accuracy.ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void Classes_that_only_the_small_set_has_are_not_unlearned()
    {
        IReadOnlyList<FineTuningStep> steps = Training().Train(Split("small", 60, [0, 1, 2]), Split("larger", 300, [1, 2, 3]));

        steps[1].Training.Head.Classes.ShouldBe(4);
        steps[1].Metrics.PerClass[0].Support.ShouldBe(60 / 3);
        steps[1].Metrics.PerClass[0].Recall.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Tuning_on_the_larger_set_starts_from_the_small_one()
    {
        IReadOnlyList<FineTuningStep> steps = Training().Train(Split("small", 200, [0, 1, 2, 3]), Split("larger", 240, [0, 1, 2, 3]));
        FineTuningStep alone = Training().Train(Split("larger", 240, [0, 1, 2, 3]));

        steps[1].Training.History[0].TrainingLoss.ShouldBeLessThan(alone.Training.History[0].TrainingLoss / 2);
    }

    [Fact]
    public void Progress_names_the_data_set_and_counts_epochs()
    {
        var reports = new List<TransferProgress>();
        var training = new HeadTraining(Run(new RelayedProgress<TransferProgress>(reports.Add)), new() { Epochs = 3 });

        training.Train(Split("small", 40, [0, 1]), Split("larger", 80, [0, 1]));

        reports.ShouldAllBe(r => r.Stage == TransferStage.Training && r.Total == 3 && r.Epoch!.Epoch == r.Done);
        reports.Select(r => r.Data).Distinct().ShouldBe(["small", "larger"]);
    }

    private static HeadTraining Training() => new(Run(progress: null), new());

    private static StrategyRun Run(IProgress<TransferProgress>? progress) =>
        new(new TransferSettings(), TinyBackbone.Value, progress, CancellationToken.None);

    /// <summary>A part of four classes, over those classes alone; two sets of different sizes share no image.</summary>
    private static LabeledSplit Split(string name, int rows, int[] classes) =>
        new(name, Part(rows, classes, rows), Part(60, classes, rows + 1));

    private static LabeledBottlenecks Part(int rows, int[] classes, int seed)
    {
        LabeledBottlenecks all = SyntheticBottlenecks.Create(rows * 4, 24, 4, seed, noise: 0.8);
        int[] picked = [.. Enumerable.Range(0, all.Count).Where(i => classes.Contains(all.Labels[i])).Take(rows)];
        LabeledBottlenecks part = all.Select(picked);
        int[] labels = [.. part.Labels];
        return new LabeledBottlenecks(
            part.Bottlenecks, Array.ConvertAll(labels, l => Array.IndexOf(classes, l)), [.. classes.Select(c => all.ClassNames[c])]);
    }
}
