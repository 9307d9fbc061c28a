using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Data.Findings;

public sealed class DatasetCheckerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_clean_set_has_no_findings()
    {
        DatasetCheck check = DrawnImages.Set(5, "blue", "red").Check();

        check.Images.ShouldBe(10);
        (check.Unreadable.Count, check.Duplicates.Count, check.Leaks.Count, check.LabelConflicts.Count).ShouldBe((0, 0, 0, 0));
        check.Classes.ShouldBe([new ClassCount("blue", 5, 0), new ClassCount("red", 5, 0)]);
        check.Imbalance.ShouldBe(1);
    }

    [Fact]
    public void Files_that_are_not_images_are_named_with_the_reason()
    {
        _folder.Write("a/1.jpg", DrawnImages.Disc(0, 1).File);
        _folder.Write("a/text.jpg", "no image");
        _folder.Write("b/empty.png", []);

        DatasetCheck check = ImageDataset.Open(_folder.Path).Check();

        check.Unreadable.Select(u => Path.GetFileName(u.Path)).ShouldBe(["text.jpg", "empty.png"]);
        check.Unreadable.ShouldAllBe(u => u.Reason.Length > 0);
        check.Classes.ShouldBe([new ClassCount("a", 1, 0), new ClassCount("b", 0, 0)]);
        check.Imbalance.ShouldBe(double.PositiveInfinity);
    }

    [SkippableFact]
    public void Files_damaged_outside_their_pixels_are_used_and_named()
    {
        DatasetCheck check = ImageDataset.Open(SharedData.Case("data-2026-11/23-png")).Check();

        check.Unreadable.ShouldBeEmpty();
        check.Damaged.Select(d => Path.GetFileName(d.Path)).ShouldBe(["badcrc_anc.png", "badcrc_iend.png", "noiend.png"]);
        check.Damaged.ShouldAllBe(d => d.Damage.StartsWith("PNG: the "));
    }

    [SkippableFact]
    public void Photos_without_an_extension_or_with_a_rare_one_are_read_by_their_content()
    {
        var data = ImageDataset.Open(SharedData.Case("data-2026-11/05-other-extensions"));

        data.Images.Count(i => Path.GetExtension(i.Path) is "" or ".jpe").ShouldBe(36);
        data.Check().Unreadable.ShouldBeEmpty();
    }

    [Fact]
    public void A_pointer_of_Git_LFS_is_named_as_one()
    {
        _folder.Write("a/1.jpg", DrawnImages.Disc(0, 1).File);
        _folder.Write("b/2.jpg", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 12345\n");

        ImageDataset.Open(_folder.Path).Check().Unreadable.ShouldHaveSingleItem().Reason.ShouldContain("run 'git lfs pull'");
    }

    [Fact]
    public void Copies_in_training_and_validation_are_a_leak()
    {
        byte[] file = DrawnImages.Disc(0, 1).File;
        _folder.Write("train/a/1.jpg", file);
        _folder.Write("train/a/again.jpg", DrawnImages.Disc(0, 2).File);
        _folder.Write("train/b/2.jpg", DrawnImages.Disc(1, 3).File);
        _folder.Write("val/a/same.jpg", file);
        _folder.Write("val/b/3.jpg", DrawnImages.Disc(1, 4).File);

        DatasetCheck check = ImageDataset.Open(_folder.Path).Check();

        DuplicateImages leak = check.Leaks.ShouldHaveSingleItem();
        leak.Kind.ShouldBe(DuplicateKind.Exact);
        leak.Images.Select(i => Path.GetFileName(i.Path)).ShouldBe(["1.jpg", "same.jpg"]);
        leak.HasLabelConflict.ShouldBeFalse();
        check.Classes[0].ShouldBe(new ClassCount("a", 2, 1));
    }

    [Fact]
    public void A_group_with_images_in_training_and_validation_is_named()
    {
        string[] rows =
        [
            "1.jpg,a,ann,train", "2.jpg,b,ann,train", "3.jpg,a,ann,val", "4.jpg,a,bob,train", "5.jpg,b,cid,test", "6.jpg,b,,train",
            "7.jpg,b,,val",
        ];
        _folder.Write("images.csv", $"path,label,group,split\n{string.Join('\n', rows)}\n");
        for (int i = 1; i <= rows.Length; i++)
        {
            _folder.Write($"{i}.jpg", DrawnImages.Disc(i % 2, i).File);
        }

        ImageDataset.Open(Path.Combine(_folder.Path, "images.csv")).Check().DividedGroups.ShouldBe([new DividedGroup("ann", 2, 1)]);
    }

    [Fact]
    public void Copies_with_different_labels_are_a_conflict()
    {
        byte[] file = DrawnImages.Disc(0, 1).File;
        _folder.Write("a/1.jpg", file);
        _folder.Write("b/1.jpg", file);

        ImageDataset.Open(_folder.Path).Check().LabelConflicts.ShouldHaveSingleItem().Images.Count.ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData("saved again with less quality")]
    [InlineData("half the size")]
    [InlineData("brighter")]
    public void The_same_picture_in_another_file_is_found_among_real_photos(string change)
    {
        string[] photos = SharedData.Photos(40);
        RgbImage original = ImageFormats.BuiltIn.Load(photos[7]);
        byte[] brighter = [.. original.Pixels.ToArray().Select(v => (byte)Math.Min(255, 1.15 * v))];
        byte[] changed = change switch
        {
            "half the size" => JpegEncoder.Encode(Thumbnail.Of(original, Math.Max(original.Width, original.Height) / 2), 90),
            "brighter" => JpegEncoder.Encode(new RgbImage(original.Width, original.Height, brighter), 90),
            _ => JpegEncoder.Encode(original, 50),
        };
        IEnumerable<LabeledImage> all =
            photos.Select(p => LabeledImage.FromFile(p)).Append(LabeledImage.FromBytes(changed, null, "changed"));

        DatasetCheck check = ImageDataset.FromImages(all).Check();

        DuplicateImages found = check.Duplicates.ShouldHaveSingleItem();
        found.Kind.ShouldBe(DuplicateKind.Near);
        found.Images.Select(i => i.Path).ShouldBe([photos[7], "changed"]);
        check.Unlabeled.ShouldBe(41);
    }

    [SkippableFact]
    public void Different_photos_in_front_of_one_wall_are_not_duplicates()
    {
        string digits = SharedData.Data("sign-digits");
        string[] hands = [.. Directory.GetFiles(digits, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(400)];

        ImageDataset.FromFiles(hands).Check().Duplicates.ShouldBeEmpty();
    }

    [Fact]
    public void Images_of_a_single_color_are_similar_only_to_their_exact_copies()
    {
        byte[] White(int side) => PngEncoder.Encode(new RgbImage(side, side, Enumerable.Repeat((byte)255, side * side * 3).ToArray()));

        ImageDataset.FromImages([LabeledImage.FromBytes(White(32), "a"), LabeledImage.FromBytes(White(48), "b")])
            .Check().Duplicates.ShouldBeEmpty();
        ImageDataset.FromImages([LabeledImage.FromBytes(White(32), "a"), LabeledImage.FromBytes(White(32), "a")])
            .Check().Duplicates.ShouldHaveSingleItem().Kind.ShouldBe(DuplicateKind.Exact);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_threads()
    {
        byte[] file = DrawnImages.Disc(0, 1).File;
        LabeledImage[] copies = [LabeledImage.FromBytes(file, "a", "x"), LabeledImage.FromBytes(file, "a", "y")];
        var data = ImageDataset.FromImages(DrawnImages.Set(20, "a", "b").Images.Concat(copies));

        DatasetCheck one = data.Check(1, null, default), four = data.Check(4, null, default);

        four.Duplicates.Select(d => string.Join(' ', d.Images)).ShouldBe(one.Duplicates.Select(d => string.Join(' ', d.Images)));
        four.Classes.ShouldBe(one.Classes);
    }

    [Fact]
    public void Canceling_stops_the_check()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => DrawnImages.Set(3, "a", "b").Check(null, cancellation.Token));
    }
}
