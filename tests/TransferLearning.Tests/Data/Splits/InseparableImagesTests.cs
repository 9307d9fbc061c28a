using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Splits;

public class InseparableImagesTests
{
    [Fact]
    public void Copies_and_groups_belong_together_also_through_others()
    {
        var images = ImageDataset.FromImages(
        [
            Image("a", group: null),
            Image("b", group: "anna"),
            Image("a", group: null),
            Image("c", group: "anna"),
            Image("c", group: "ben"),
            Image("d", group: "carl"),
        ]);

        images.InseparableGroups().ShouldBe([0, 1, 0, 1, 1, 2]);
    }

    private static LabeledImage Image(string content, string? group) =>
        LabeledImage.FromBytes(System.Text.Encoding.UTF8.GetBytes(content), "label", "name").WithGroup(group);
}
