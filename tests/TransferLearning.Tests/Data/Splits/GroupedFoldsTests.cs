using TransferLearning.Data.Splits;

namespace TransferLearning.Tests.Data.Splits;

public class GroupedFoldsTests
{
    [Fact]
    public void Each_class_is_spread_evenly()
    {
        int[] labels = [.. Enumerable.Range(0, 103).Select(i => i < 60 ? 0 : i < 90 ? 1 : 2)];

        int[] folds = GroupedFolds.Assign(labels, Alone(labels.Length), 10, seed: 3);

        for (int c = 0; c < 3; c++)
        {
            int[] perFold = [.. Enumerable.Range(0, 10).Select(f => labels.Zip(folds).Count(p => p.First == c && p.Second == f))];
            (perFold.Max() - perFold.Min()).ShouldBeLessThanOrEqualTo(1, $"class {c}: {string.Join(", ", perFold)}");
        }

        int[] sizes = [.. folds.CountBy(f => f).Select(f => f.Value)];
        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void A_group_stays_in_one_fold_and_no_fold_is_empty()
    {
        var random = new Random(5);
        int[] labels = [.. Enumerable.Range(0, 200).Select(_ => random.Next(4))];
        int[] groups = [.. Enumerable.Range(0, 200).Select(i => i < 60 ? 0 : 1 + (i % 17))];

        int[] folds = GroupedFolds.Assign(labels, groups, 5, seed: 0);

        groups.Zip(folds).Distinct().Count().ShouldBe(18, "each group has one fold");
        folds.Distinct().Order().ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void Another_seed_gives_other_folds_and_the_same_seed_the_same_ones()
    {
        int[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 2)];

        int[] folds = GroupedFolds.Assign(labels, Alone(50), 5, seed: 1);

        GroupedFolds.Assign(labels, Alone(50), 5, seed: 1).ShouldBe(folds);
        GroupedFolds.Assign(labels, Alone(50), 5, seed: 2).ShouldNotBe(folds);
    }

    private static int[] Alone(int rows) => [.. Enumerable.Range(0, rows)];
}
