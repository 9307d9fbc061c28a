using TransferLearning.Heads;
using TransferLearning.Heads.Regularization;

namespace TransferLearning.Tests.Heads.Regularization;

public class InnerFoldsTests
{
    [Fact]
    public void Few_rows_are_all_held_out_once()
    {
        InnerFolds folds = Divide(100, default)!;

        folds.Count.ShouldBe(5);
        folds.HeldOut.SelectMany(r => r).Order().ShouldBe(Enumerable.Range(0, 100));
        for (int fold = 0; fold < folds.Count; fold++)
        {
            folds.Training[fold].Concat(folds.HeldOut[fold]).Order().ShouldBe(Enumerable.Range(0, 100));
            folds.AllTraining(fold).ShouldBe(folds.Training[fold]);
        }
    }

    [Fact]
    public void Of_many_rows_a_sample_is_divided_and_what_needs_all_rows_gets_them()
    {
        InnerFolds folds = Divide(20_000, default)!;

        (folds.Count, folds.IsSample).ShouldBe((1, true));
        folds.Training[0].Length.ShouldBeInRange(2000, 4000);
        folds.HeldOut[0].Length.ShouldBeInRange(600, 1000);
        folds.AllTraining(0).Concat(folds.HeldOut[0]).Order().ShouldBe(Enumerable.Range(0, 20_000));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(20_000)]
    public void Groups_stay_together(int rows)
    {
        int[] groups = [.. Enumerable.Range(0, rows).Select(r => r / 7)];

        InnerFolds folds = Divide(rows, groups)!;

        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] heldOut = [.. folds.HeldOut[fold].Select(r => groups[r]).Distinct()];
            folds.Training[fold].Select(r => groups[r]).Intersect(heldOut).ShouldBeEmpty();
            folds.AllTraining(fold).Select(r => groups[r]).Intersect(heldOut).ShouldBeEmpty();
        }
    }

    [Fact]
    public void With_fewer_groups_than_folds_each_group_is_a_fold() =>
        Divide(60, Array.ConvertAll(Enumerable.Range(0, 60).ToArray(), r => r / 20))!.Count.ShouldBe(3);

    [Theory]
    [InlineData(4, false)]
    [InlineData(60, true)]
    public void Too_few_rows_or_groups_give_no_folds(int rows, bool oneGroup) =>
        Divide(rows, oneGroup ? new int[rows] : default(ReadOnlyMemory<int>)).ShouldBeNull();

    [Fact]
    public void A_row_counts_only_where_the_other_folds_have_its_class()
    {
        int[] labels = [.. Enumerable.Range(0, 40).Select(r => r == 0 ? 2 : r % 2)];
        int[] groups = [.. Enumerable.Range(0, 40)];

        InnerFolds folds = InnerFolds.Divide(labels, Ones(40), new RetrainingContext { Groups = groups })!;

        folds.HeldOut.SelectMany(r => r).ShouldNotContain(0);
    }

    [Theory]
    [InlineData(100, 4)]
    [InlineData(3000, 4)]
    public void Views_are_learned_from_with_their_image_and_never_held_out(int images, int views)
    {
        int rows = images * (1 + views);
        int[] groups = [.. Enumerable.Range(0, rows).Select(r => r % images)];
        int[] labels = Array.ConvertAll(groups, g => g % 2);
        var context = new RetrainingContext { Groups = groups, FirstViewRow = images };

        InnerFolds folds = InnerFolds.Divide(labels, Ones(rows), context)!;

        for (int fold = 0; fold < folds.Count; fold++)
        {
            folds.HeldOut[fold].ShouldAllBe(r => r < images);
            int[] heldOut = [.. folds.HeldOut[fold].Select(r => groups[r]).Distinct()];
            folds.Training[fold].Select(r => groups[r]).Intersect(heldOut).ShouldBeEmpty();
            folds.AllTraining(fold).Select(r => groups[r]).Intersect(heldOut).ShouldBeEmpty();
            folds.AllTraining(fold).Count(r => r >= images).ShouldBe(views * folds.AllTraining(fold).Count(r => r < images));
        }

        folds.HeldOut.Sum(r => r.Length).ShouldBeGreaterThanOrEqualTo(Math.Min(images, 600));
    }

    private static InnerFolds? Divide(int rows, ReadOnlyMemory<int> groups) => InnerFolds.Divide(
        [.. Enumerable.Range(0, rows).Select(r => r % 2)], Ones(rows), new RetrainingContext { Seed = 3, Groups = groups });

    private static float[] Ones(int rows) => [.. Enumerable.Repeat(1f, rows)];
}
