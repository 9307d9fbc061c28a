using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Tests.Evaluation;

public class FewImagesTests
{
    [Fact]
    public void Fewer_than_100_images_get_a_hint_that_names_cross_validation()
    {
        FewImages.Hint(99, "'transfer cross-validate'").ShouldBe(
            "the accuracy was measured on only 99 images: 'transfer cross-validate' measures it on all images of a data set");
        FewImages.Hint(1, "it").ShouldNotBeNull().ShouldContain("only 1 image:");
        FewImages.Hint(100, "it").ShouldBeNull();
    }

    [Fact]
    public void Classes_with_fewer_than_10_images_in_all_parts_together_are_named()
    {
        FewImages.OfClasses([Images(("daisy", 9), ("roses", 6)), Images(("roses", 4))]).ShouldBe(
            "fewer than 10 images of one class (daisy: 9): add images, since the figures of such a class are uncertain");
        FewImages.OfClasses([Images(("daisy", 10))]).ShouldBeNull();
    }

    [Fact]
    public void The_first_20_classes_are_named_and_the_others_counted()
    {
        string warning = FewImages.OfClasses([Images([.. Enumerable.Range(10, 23).Select(i => ($"c{i}", 2))])]).ShouldNotBeNull();

        warning.ShouldContain("of 23 classes (c10: 2, ");
        warning.ShouldContain("c29: 2 and 3 more)");
        warning.ShouldNotContain("c30");
    }

    private static ImageDataset Images(params (string Label, int Count)[] classes) => ImageDataset.FromImages(
        classes.SelectMany(c => Enumerable.Repeat(LabeledImage.FromBytes(new byte[1], c.Label), c.Count)));
}
