using TransferLearning.Data;

namespace TransferLearning.Tests.Data;

public class SplitTests
{
    [Fact]
    public void Every_class_is_split_in_the_same_proportion()
    {
        DatasetSplit split = Images(0, 2000).Split(0.2, seed: 1);

        split.Train.Count.ShouldBe(2000 - split.Validation.Count);
        foreach (string label in new[] { "even", "odd" })
        {
            split.Validation.Images.Count(i => i.Label == label).ShouldBe(200);
        }
    }

    [Fact]
    public void The_order_of_the_images_does_not_matter() =>
        ValidationNames(ImageDataset.FromImages(Images(0, 300).Images.Reverse()), seed: 7)
            .ShouldBe(ValidationNames(Images(0, 300), seed: 7), ignoreOrder: true);

    [Fact]
    public void An_image_stays_on_its_side_when_others_come_but_for_a_few_at_the_border()
    {
        HashSet<string> before = ValidationNames(Images(0, 1000), seed: 7);

        HashSet<string> after = [.. ValidationNames(Images(0, 1100), seed: 7).Where(name => int.Parse(name) < 1000)];

        before.Except(after).Concat(after.Except(before)).Count().ShouldBeLessThan(15);
    }

    [Fact]
    public void Another_seed_gives_another_split() =>
        ValidationNames(Images(0, 300), seed: 1).SetEquals(ValidationNames(Images(0, 300), seed: 2)).ShouldBeFalse();

    [Fact]
    public void Copies_of_an_image_and_images_of_a_group_stay_on_one_side()
    {
        var twice = ImageDataset.FromImages(Images(0, 200).Images.Concat(Images(0, 200).Images.Select(i => i.WithLabel("even"))));
        DatasetSplit split = twice.Split(0.3, seed: 3);
        split.Train.Images.Select(i => i.Path).Intersect(split.Validation.Images.Select(i => i.Path)).ShouldBeEmpty();

        var grouped = ImageDataset.FromImages(Images(0, 200).Images.Select(i => i.WithGroup($"{int.Parse(i.Path) / 10}")));
        split = grouped.Split(0.3, seed: 3);
        split.Train.Images.Select(i => i.Group).Intersect(split.Validation.Images.Select(i => i.Group)).ShouldBeEmpty();
    }

    [Fact]
    public void Images_of_an_earlier_split_keep_their_sides_and_the_counts_stay_exact()
    {
        DatasetSplit small = Images(0, 100).Split(0.2, seed: 1);

        DatasetSplit larger = Images(0, 300).Split(0.2, 1, [(small.Train, false), (small.Validation, true)]);

        HashSet<string> validated = [.. larger.Validation.Images.Select(i => i.Path)];
        small.Validation.Images.ShouldAllBe(i => validated.Contains(i.Path));
        small.Train.Images.ShouldAllBe(i => !validated.Contains(i.Path));
        validated.Count.ShouldBe(60);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.99)]
    public void A_small_class_has_an_image_on_each_side(double fraction)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            DatasetSplit split = Images(0, 6).Split(fraction, seed);

            split.Train.Images.Select(i => i.Label).Distinct().Count().ShouldBe(2);
            split.Validation.Images.Select(i => i.Label).Distinct().Count().ShouldBe(2);
        }
    }

    [Fact]
    public void A_seed_gives_the_same_split_in_every_version() =>
        string.Join(' ', ValidationNames(Images(0, 40), seed: 42).Select(int.Parse).Order()).ShouldBe(KnownValidation);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_to_1_is_refused(double fraction) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Images(0, 4).Split(fraction, 0));

    [Fact]
    public void A_file_that_cannot_be_read_does_not_stop_the_split()
    {
        var data = ImageDataset.FromImages([LabeledImage.FromFile("absent/1.jpg", "even"), .. Images(0, 10).Images]);

        DatasetSplit split = data.Split(0.2, 0);

        (split.Train.Count + split.Validation.Count).ShouldBe(11);
    }

    // Reports rely on it: a seed stands for the same split of a data set in every version.
    private const string KnownValidation = "1 10 13 22 24 27 29 34";

    private static ImageDataset Images(int from, int to) => ImageDataset.FromImages(Enumerable.Range(from, to - from)
        .Select(i => LabeledImage.FromBytes(BitConverter.GetBytes(i), i % 2 == 0 ? "even" : "odd", $"{i}")));

    private static HashSet<string> ValidationNames(ImageDataset data, int seed) =>
        [.. data.Split(0.2, seed).Validation.Images.Select(i => i.Path)];
}
