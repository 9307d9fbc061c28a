using TransferLearning.Heads;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Tests.Heads.Regularization;

public class FoldL2SelectionTests
{
    private const int Folds = 5;

    [Fact]
    public void The_images_of_a_fold_do_not_influence_its_strength()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(200, 12, 3, seed: 1);
        int[] labels = data.Labels.ToArray();
        int[] mislabeled = [.. labels.Select((l, i) => FoldOf(i) == 2 ? (l + 1) % 3 : l)];
        var changed = new LabeledBottlenecks(data.Bottlenecks, mislabeled, data.ClassNames);

        FoldL2[] chosen = Choose(data, threads: 1), other = Choose(changed, threads: 1);

        other[2].L2.ShouldBe(chosen[2].L2);
        other[2].Head.Weights.ToArray().ShouldBe(chosen[2].Head.Weights.ToArray());
        other[0].Head.Weights.ToArray().ShouldNotBe(chosen[0].Head.Weights.ToArray(), "the other folds do learn from them");
    }

    [Fact]
    public void The_choice_is_the_same_for_any_number_of_threads()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(300, 20, 4, seed: 2);

        FoldL2[] one = Choose(data, threads: 1), four = Choose(data, threads: 4);

        four.Select(f => f.L2).ShouldBe(one.Select(f => f.L2));
        four.SelectMany(f => f.Head.Weights.ToArray()).ShouldBe(one.SelectMany(f => f.Head.Weights.ToArray()));
    }

    [Fact]
    public void Noisy_data_gets_a_stronger_penalty_than_clear_data()
    {
        double clear = Choose(SyntheticBottlenecks.Create(300, 40, 3, seed: 3, noise: 0.3), threads: 2).Average(f => f.L2);
        double noisy = Choose(SyntheticBottlenecks.Create(300, 40, 3, seed: 3, noise: 4), threads: 2).Average(f => f.L2);

        noisy.ShouldBeGreaterThan(3 * clear);
    }

    [Fact]
    public void A_class_that_is_all_in_one_fold_does_no_harm()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(100, 8, 4, seed: 4);
        int[] foldOf = [.. Enumerable.Range(0, data.Count).Select(i => data.Labels[i] == 3 ? 0 : FoldOf(i))];

        FoldL2[] chosen = FoldL2Selection.Choose(data, data.Count, foldOf, Folds, new SoftmaxRetrainerOptions(), 2, CancellationToken.None);

        chosen.ShouldAllBe(f => L2Path.Strengths.Contains(f.L2));
    }

    [Fact]
    public void Views_of_a_fold_do_not_influence_its_strength_and_those_of_others_are_learned_from()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(400, 12, 3, seed: 6);
        int[] foldOf = [.. Enumerable.Range(0, 400).Select(i => FoldOf(i % 200))];
        int[] mislabeled = [.. data.Labels.ToArray().Select((l, i) => i >= 200 && foldOf[i] == 2 ? (l + 1) % 3 : l)];
        var changed = new LabeledBottlenecks(data.Bottlenecks, mislabeled, data.ClassNames);

        FoldL2[] chosen = Choose(data), other = Choose(changed);

        other[2].L2.ShouldBe(chosen[2].L2);
        other[2].Head.Weights.ToArray().ShouldBe(chosen[2].Head.Weights.ToArray());
        other[0].Head.Weights.ToArray().ShouldNotBe(chosen[0].Head.Weights.ToArray());

        FoldL2[] Choose(LabeledBottlenecks rows) => FoldL2Selection.Choose(
            rows, 200, foldOf, Folds, new SoftmaxRetrainerOptions(), threads: 2, CancellationToken.None);
    }

    [Fact]
    public void Folds_that_alternate_with_the_rows_all_take_part_in_the_sample_of_a_large_set()
    {
        LabeledBottlenecks data = SyntheticBottlenecks.Create(17_000, 4, 3, seed: 5);
        int[] foldOf = [.. Enumerable.Range(0, data.Count).Select(i => i % Folds)];

        FoldL2[] chosen = FoldL2Selection.Choose(data, data.Count, foldOf, Folds, new SoftmaxRetrainerOptions(), 2, CancellationToken.None);

        float[][] weights = [.. chosen.Select(f => f.Head.Weights.ToArray())];
        weights.ShouldAllBe(w => w.Any(v => v != 0) && w.All(v => float.IsFinite(v)));
    }

    private static int FoldOf(int row) => row / 7 % Folds;

    private static FoldL2[] Choose(LabeledBottlenecks data, int threads) => FoldL2Selection.Choose(
        data,
        data.Count,
        [.. Enumerable.Range(0, data.Count).Select(FoldOf)],
        Folds,
        new SoftmaxRetrainerOptions(),
        threads,
        CancellationToken.None);
}
