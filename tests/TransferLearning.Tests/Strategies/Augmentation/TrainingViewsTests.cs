using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Tests.Strategies.Augmentation;

public class TrainingViewsTests
{
    [Fact]
    public void Views_follow_the_images_with_their_labels_and_share_their_weight()
    {
        LabeledBottlenecks rows = Views(10, 20).AddTo(Images());

        rows.Bottlenecks.Values.ToArray().ShouldBe([0, 1, 2, 10, 11, 12, 20, 21, 22]);
        rows.Labels.ToArray().ShouldBe([0, 1, 1, 0, 1, 1, 0, 1, 1]);
        rows.Weights.ToArray().ShouldAllBe(w => w == 1f / 3);
    }

    [Fact]
    public void Rows_after_the_images_have_no_views_and_keep_their_weight()
    {
        LabeledBottlenecks training = Images([1, 2, 3]);
        var views = new TrainingViews([new BottleneckMatrix(2, 1, new float[] { 10, 11 })]);

        LabeledBottlenecks rows = views.AddTo(training);

        rows.Bottlenecks.Values.ToArray().ShouldBe([0, 1, 2, 10, 11]);
        rows.Weights.ToArray().ShouldBe([0.5f, 1, 3, 0.5f, 1]);
        views.Select([0, 2]).AddTo(training.Select([0, 2])).Bottlenecks.Values.ToArray().ShouldBe([0, 2, 10]);
    }

    [Fact]
    public void All_rows_of_an_image_are_one_group()
    {
        var alone = TrainingRows.Of(Images(), [], Views(10, 20));
        var grouped = TrainingRows.Of(Images(), [7, 5, 7], Views(10, 20));

        alone.Groups.ShouldBe([0, 1, 2, 0, 1, 2, 0, 1, 2]);
        grouped.Groups.ShouldBe([7, 5, 7, 7, 5, 7, 7, 5, 7]);
        grouped.In(new RetrainingContext()).FirstViewRow.ShouldBe(3);
    }

    [Fact]
    public void Views_of_two_data_sets_are_joined_view_by_view()
    {
        TrainingViews joined = Views(10, 20).Join(Views(30, 40).Select([2]));

        joined.Repeat<int>([0, 1, 2, 3]).Length.ShouldBe(12);
        var four = new LabeledBottlenecks(new BottleneckMatrix(4, 1, new float[4]), new int[] { 0, 1, 1, 0 }, ["a", "b"]);
        joined.AddTo(four).Bottlenecks.Values[4..].ToArray().ShouldBe([10, 11, 12, 32, 20, 21, 22, 42]);
    }

    [Fact]
    public void Without_views_rows_are_the_images_as_they_are()
    {
        LabeledBottlenecks images = Images();

        var rows = TrainingRows.Of(images, [], null);

        rows.Rows.ShouldBeSameAs(images);
        rows.Groups.ShouldBeEmpty();
    }

    private static LabeledBottlenecks Images(float[]? weights = null) =>
        new(new BottleneckMatrix(3, 1, new float[] { 0, 1, 2 }), new int[] { 0, 1, 1 }, ["a", "b"], weights ?? []);

    private static TrainingViews Views(params float[] firsts) =>
        new([.. firsts.Select(f => new BottleneckMatrix(3, 1, new[] { f, f + 1, f + 2 }))]);
}
