using TransferLearning.Data;
using TransferLearning.Imaging;

namespace TransferLearning.Tests.Data.Copies;

public class CopySearchTests
{
    [SkippableTheory]
    [InlineData("saved again with less quality")]
    [InlineData("half the size")]
    [InlineData("brighter")]
    [InlineData("darker")]
    [InlineData("mirrored", CopyChange.Mirrored)]
    [InlineData("upside down", CopyChange.Mirrored)]
    [InlineData("turned by 90 degrees", CopyChange.Rotated)]
    [InlineData("turned by 180 degrees", CopyChange.Rotated)]
    [InlineData("turned by 270 degrees", CopyChange.Rotated)]
    [InlineData("cropped", CopyChange.Cropped)]
    [InlineData("cropped and mirrored", CopyChange.Mirrored, CopyChange.Cropped)]
    public void Copies_of_photos_are_found_with_what_was_done_to_them(string change, params CopyChange[] changes)
    {
        string[] photos = [.. SharedData.Photos(60)];
        LabeledImage[] copies = [.. photos.Take(20).Select((path, i) => LabeledImage.FromBytes(
            PictureCopies.Make(ImageFormats.BuiltIn.Load(path), change), null, $"copy {i}"))];

        DatasetCheck check = ImageDataset.FromImages(photos.Select(p => LabeledImage.FromFile(p)).Concat(copies)).Check();

        // No group of other photos, and at least 19 of the 20 copies beside their originals.
        check.Duplicates.ShouldAllBe(d => d.Images.Count == 2 && d.Kind == DuplicateKind.Near);
        check.Duplicates.ShouldAllBe(d => d.Images[1].Path == $"copy {Array.IndexOf(photos, d.Images[0].Path)}");
        check.Duplicates.Count.ShouldBeGreaterThanOrEqualTo(19);
        check.Duplicates.ShouldAllBe(d => d.Changes.SequenceEqual(changes));
    }

    [SkippableFact]
    public void Photos_of_hands_in_front_of_one_wall_are_no_copies()
    {
        var hands = ImageDataset.Open(SharedData.Data("sign-digits"));

        hands.Select([.. Enumerable.Range(0, 400).Select(i => 5 * i)]).Check().Duplicates.ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_pairs_do_not_depend_on_threads_names_or_order()
    {
        string[] photos = SharedData.Photos(30);
        LabeledImage[] images =
        [
            .. photos.Select(p => LabeledImage.FromFile(p)),
            .. photos.Take(10).Select(p => LabeledImage.FromBytes(
                PictureCopies.Make(ImageFormats.BuiltIn.Load(p), "cropped"), null, p + " c")),
        ];
        LabeledImage[] reversed = [.. images.Reverse()];

        string[] one = Groups(ImageDataset.FromImages(images).Check(threads: 1, null, default));
        string[] other = Groups(ImageDataset.FromImages(reversed).Check(threads: 3, null, default));

        other.ShouldBe(one);
        one.Length.ShouldBeGreaterThan(8);
    }

    private static string[] Groups(DatasetCheck check) =>
        [.. check.Duplicates.Select(d => string.Join(" = ", d.Images.Select(i => i.Path).Order())).Order()];
}
