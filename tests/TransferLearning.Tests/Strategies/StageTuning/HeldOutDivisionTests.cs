using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Tests.Strategies.StageTuning;

public sealed class HeldOutDivisionTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];

    [Fact]
    public void About_the_share_of_each_class_is_held_out()
    {
        HeldOutDivision division = Divide([.. Enumerable.Range(0, 60)], [.. Enumerable.Range(0, 60)], 0.2).ShouldNotBeNull();

        division.HeldOut.Length.ShouldBe(12);
        division.HeldOut.GroupBy(r => Labels[r]).ShouldAllBe(c => c.Count() == 4);
        division.Training.Concat(division.HeldOut).Order().ShouldBe(Enumerable.Range(0, 60));
        division.Training.ShouldBeInOrder();
    }

    [Fact]
    public void Images_that_must_stay_together_are_on_one_side()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i / 6)];

        HeldOutDivision division = Divide([.. Enumerable.Range(0, 60)], groups, 0.2).ShouldNotBeNull();

        division.HeldOut.Length.ShouldBe(12);
        division.HeldOut.Select(r => groups[r]).Intersect(division.Training.Select(r => groups[r])).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_given_rows_are_divided()
    {
        int[] rows = [.. Enumerable.Range(0, 60).Where(i => i % 2 == 0)];

        HeldOutDivision division = Divide(rows, [.. Enumerable.Range(0, 60)], 0.5).ShouldNotBeNull();

        division.HeldOut.Length.ShouldBe(15);
        division.Training.Concat(division.HeldOut).Order().ShouldBe(rows);
    }

    [Fact]
    public void A_class_of_one_group_is_learned_from_where_another_part_can_be_held_out()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? 0 : i)];

        HeldOutDivision division = Divide([.. Enumerable.Range(0, 60)], groups, 0.2).ShouldNotBeNull();

        division.Training.Select(r => Labels[r]).Distinct().Count().ShouldBe(3);
        division.HeldOut.ShouldNotBeEmpty();
    }

    [Fact]
    public void Fewer_groups_than_parts_are_divided_all_the_same()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i / 20)];

        HeldOutDivision division = Divide([.. Enumerable.Range(0, 60)], groups, 0.1).ShouldNotBeNull();

        division.HeldOut.Length.ShouldBe(20);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Too_few_images_give_no_division(int images) =>
        Divide([.. Enumerable.Range(0, images)], [.. Enumerable.Range(0, 60)], 0.2).ShouldBeNull();

    private static HeldOutDivision? Divide(int[] rows, int[] groups, double fraction) =>
        HeldOutDivision.TryOf(rows, Labels, groups, fraction, seed: 1);
}
