using TransferLearning.Data;
using TransferLearning.Data.Copies;

namespace TransferLearning.Tests.Data.Copies;

public class NamedCopiesTests
{
    [Theory]
    [InlineData("x_aug0", "x", "Copy")]
    [InlineData("x-flip", "x", "Copy")]
    [InlineData("x_rot90", "x", "Copy")]
    [InlineData("x_rotated_15deg", "x", "Copy")]
    [InlineData("x_flip_aug_3", "x", "Copy")]
    [InlineData("x copy 2", "x", "Copy")]
    [InlineData("x - Copy", "x", "Copy")]
    [InlineData("x - Copy (2)", "x", "Copy")]
    [InlineData("x - Kopie", "x", "Copy")]
    [InlineData("Copy of x", "x", "Copy")]
    [InlineData("IMG_1_jpg.rf.0a1b2c3d4e5f60718293a4b5c6d7e8f9", "IMG_1", "Copy")]
    [InlineData("daisy_original_x.jpg_123e4567-e89b-12d3-a456-426614174000", "x", "Copy")]
    [InlineData("x_crop", "x", "Change")]
    [InlineData("x_bright2", "x", "Change")]
    [InlineData("flipped_x", "x", "Change")]
    [InlineData("x (1)", "x", "Number")]
    [InlineData("x(12)", "x", "Number")]
    public void Names_of_copies_are_recognized(string name, string original, string evidence)
    {
        CopyName copy = CopyName.Read(name).ShouldNotBeNull();

        (copy.Base, copy.Evidence).ShouldBe((original, Enum.Parse<CopyNameEvidence>(evidence)));
    }

    [Theory]
    [InlineData("IMG_4164")]
    [InlineData("paper12")]
    [InlineData("copy")]
    [InlineData("carrot")]
    [InlineData("x (a)")]
    [InlineData("2024-05-01 10.12.13")]
    public void Other_names_are_not(string name) => CopyName.Read(name).ShouldBeNull();

    [Fact]
    public void An_original_or_another_copy_in_the_same_folder_makes_a_copy()
    {
        Pairs("a/x.jpg", "a/x_aug0.jpg", "a/x_crop.jpg").ShouldBe([(0, 1), (0, 2)]);
        Pairs("a/x_aug0.jpg", "a/x_aug1.jpg", "a/x_crop.jpg").ShouldBe([(0, 1)]);
        Pairs("a/x_rot90.jpg", "a/x_rot180.jpg", "a/x_mirror1.jpg").ShouldBe([(0, 1), (0, 2)]);
        Pairs("a/x.jpg", "a/x_rot.jpg", "a/x_mirror.jpg").ShouldBe([(0, 1), (0, 2)]);
        Pairs("a/x.jpg", "b/x_aug0.jpg").ShouldBeEmpty();
        Pairs("a/wall_mirror_01.jpg", "a/wall_mirror_02.jpg").ShouldBeEmpty("photos of a mirror");
        Pairs("a/auto_rot_01.jpg", "a/auto_rot_02.jpg").ShouldBeEmpty("red cars, in German");
        Pairs("a/leaf_crop1.jpg", "a/leaf_crop2.jpg").ShouldBeEmpty("without the original, a change is no copy");
        Pairs("a/x.jpg", "a/x (1).jpg", "a/x (2).jpg").ShouldBeEmpty("a number says nothing of pictures that look different");
    }

    [SkippableFact]
    public void A_number_makes_a_copy_where_the_pictures_are_alike()
    {
        byte[][] photos = [.. SharedData.Photos(2).Select(File.ReadAllBytes)];
        byte[] strong = PictureCopies.Make(TransferLearning.Imaging.ImageFormats.BuiltIn.Decode(photos[0]), "brighter");
        var images = ImageDataset.FromImages(
        [
            LabeledImage.FromBytes(photos[0], "a", "a/x.jpg"),
            LabeledImage.FromBytes(strong, "a", "a/x (1).jpg"),
            LabeledImage.FromBytes(photos[1], "a", "a/x (2).jpg"),
        ]);

        NamedCopies.Find(images.Images, Thumbnails(images)).ShouldBe([(0, 1)]);
    }

    private static TransferLearning.Data.Thumbnails.ImageThumbnail?[] Thumbnails(ImageDataset images) =>
        [.. images.Images.Select(i => TransferLearning.Data.Thumbnails.ImageThumbnail.Of(i.Decode(i.ReadBytes())))];

    private static IEnumerable<(int First, int Second)> Pairs(params string[] paths)
    {
        var images = ImageDataset.FromImages(
            paths.Select((p, i) => LabeledImage.FromBytes(DrawnImages.Disc(i % 2, 77 + i).File, "label", p)));
        return NamedCopies.Find(images.Images, Thumbnails(images));
    }
}
