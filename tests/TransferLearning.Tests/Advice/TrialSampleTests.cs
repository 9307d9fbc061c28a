using TransferLearning.Advice;
using TransferLearning.Data;

namespace TransferLearning.Tests.Advice;

public class TrialSampleTests
{
    [Fact]
    public void A_small_data_set_is_taken_as_a_whole()
    {
        ImageDataset images = Images(50, 30, 20);

        TrialSample.Of(images, 0).Images.ShouldBe(images.Images);
    }

    [Fact]
    public void Of_a_large_one_each_class_keeps_its_share()
    {
        ImageDataset sample = TrialSample.Of(Images(3000, 2000, 1000), 0);

        sample.Images.CountBy(i => i.Label!).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["00"] = 300, ["01"] = 200, ["02"] = 100 }, ignoreOrder: true);
    }

    [Fact]
    public void A_rare_class_keeps_enough_images_for_each_fold() =>
        TrialSample.Of(Images(9000, 8), 0).Images.Count(i => i.Label == "01").ShouldBe(6);

    [Fact]
    public void Of_many_classes_some_are_taken_with_all_that_fits()
    {
        ImageDataset sample = TrialSample.Of(Images([.. Enumerable.Repeat(20, 90)]), 0);

        sample.Images.Select(i => i.Label).Distinct().Count().ShouldBe(TrialSample.MaxClasses);
        sample.Count.ShouldBe(TrialSample.MaxImages);
    }

    [Fact]
    public void The_seed_chooses_the_images()
    {
        ImageDataset images = Images(1000, 1000);

        string[] first = Paths(0), again = Paths(0), other = Paths(1);

        again.ShouldBe(first);
        other.ShouldNotBe(first);

        string[] Paths(int seed) => [.. TrialSample.Of(images, seed).Images.Select(i => i.Path)];
    }

    private static ImageDataset Images(params int[] counts) => ImageDataset.FromImages(
        counts.Index().SelectMany(c => Enumerable.Range(0, c.Item).Select(
            i => LabeledImage.FromBytes(BitConverter.GetBytes((c.Index * 10_000) + i), $"{c.Index:00}", $"{c.Index:00}/{i}"))));
}
