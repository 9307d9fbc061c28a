using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Data.Splits;

namespace TransferLearning.Tests.Data.Splits;

public class StratifiedSplitTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.33)]
    [InlineData(0.5)]
    public void The_counts_of_each_class_are_exact_to_one_image(double fraction)
    {
        int[] sizes = [40, 41, 7, 199, 3, 2];
        int[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat(label, size))];
        for (int seed = 0; seed < 20; seed++)
        {
            bool[] isValidation = Assign(labels, Alone(labels.Length), fraction, seed);

            for (int label = 0; label < sizes.Length; label++)
            {
                int validated = Enumerable.Range(0, labels.Length).Count(i => labels[i] == label && isValidation[i]);
                Math.Abs(validated - (fraction * sizes[label])).ShouldBeLessThan(1);
                validated.ShouldBeInRange(1, sizes[label] - 1);
            }
        }
    }

    [Fact]
    public void Few_images_change_sides_when_a_tenth_is_added()
    {
        int[] labels = [.. Enumerable.Range(0, 1100).Select(i => i % 5)];
        int moved = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            bool[] before = Assign(labels[..1000], Alone(1000), 0.2, seed), after = Assign(labels, Alone(1100), 0.2, seed);
            moved += before.Zip(after).Count(s => s.First != s.Second);
        }

        // 200 images per class: the border moves by the chance of 20 more, about one image per class.
        (moved / 20.0).ShouldBeInRange(0, 15);
    }

    [Fact]
    public void Groups_that_span_classes_stay_together_and_the_counts_are_as_near_as_they_allow()
    {
        int[] labels = [.. Enumerable.Range(0, 600).Select(i => i % 3)];
        int[] groups = [.. Enumerable.Range(0, 600).Select(i => i / 4)];
        for (int seed = 0; seed < 20; seed++)
        {
            bool[] isValidation = Assign(labels, groups, 0.2, seed);

            isValidation.Zip(groups).GroupBy(i => i.Second, i => i.First).ShouldAllBe(g => g.Distinct().Count() == 1);
            foreach (int label in labels.Distinct())
            {
                Enumerable.Range(0, 600).Count(i => labels[i] == label && isValidation[i]).ShouldBeInRange(34, 46);
            }
        }
    }

    [Fact]
    public void The_side_of_a_group_does_not_depend_on_the_order_of_its_images()
    {
        int[] labels = [.. Enumerable.Range(0, 90).Select(i => i % 2)], groups = [.. Enumerable.Range(0, 90).Select(i => i / 3)];
        bool[] ahead = StratifiedSplit.Assign(labels, groups, Keys(90), 0.3, 5);

        bool[] back = StratifiedSplit.Assign(
            [.. labels.Reverse()], [.. groups.Reverse()], [.. Keys(90).Reverse()], 0.3, 5);

        back.Reverse().ShouldBe(ahead);
    }

    [Fact]
    public void Large_groups_are_as_often_in_the_validation_part_as_small_ones()
    {
        // The smallest of several hashes is small: taken as the position, it would bring most large groups to the validation part.
        int[] groups = [.. Enumerable.Range(0, 1000).Select(i => i < 500 ? i : 500 + (i / 10))], labels = new int[1000];
        double large = Enumerable.Range(0, 20).Average(seed => Assign(labels, groups, 0.2, seed).Skip(500).Count(v => v) / 500.0);

        large.ShouldBe(0.2, 0.05);
    }

    [Fact]
    public void Every_class_keeps_a_training_image_though_a_group_holds_most_of_it()
    {
        int[] labels = [0, 0, 0, 0, 1, 1, 1, 1, 2], groups = [0, 0, 0, 1, 0, 1, 2, 3, 4];
        for (int seed = 0; seed < 20; seed++)
        {
            bool[] isValidation = Assign(labels, groups, 0.9, seed);

            labels.Where((_, i) => !isValidation[i]).Distinct().Order().ShouldBe([0, 1, 2]);
            labels.Where((_, i) => isValidation[i]).Distinct().Order().ShouldBe([0, 1]);
        }
    }

    [Fact]
    public void A_group_that_gives_two_classes_their_validation_image_leaves_the_other_groups_to_the_other_classes()
    {
        int[] labels = [0, 1, 0, 2, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], groups = [0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4];
        for (int seed = 0; seed < 20; seed++)
        {
            bool[] isValidation = Assign(labels, groups, 0.1, seed);
            int[] taken = [.. Enumerable.Range(0, labels.Length).Where(i => isValidation[i]).Select(i => labels[i]).Order()];
            taken.ShouldBe([0, 0, 1, 2], $"seed {seed}");
        }
    }

    private static bool[] Assign(int[] labels, int[] groups, double fraction, int seed) =>
        StratifiedSplit.Assign(labels, groups, Keys(labels.Length), fraction, seed);

    private static int[] Alone(int count) => [.. Enumerable.Range(0, count)];

    private static ContentKey[] Keys(int count) =>
        [.. Enumerable.Range(0, count).Select(i => ContentKey.Of(Encoding.UTF8.GetBytes($"image {i}")))];
}
