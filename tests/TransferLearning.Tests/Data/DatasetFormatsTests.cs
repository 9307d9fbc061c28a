using System.IO.Compression;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests.Formats;

namespace TransferLearning.Tests.Data;

public sealed class DatasetFormatsTests : IDisposable
{
    private static readonly ImageDatasetOptions WithToy = new() { Formats = ToyDecoder.WithBuiltIn };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_with_an_extension_of_a_built_in_decoder_is_listed_and_no_other()
    {
        foreach (string extension in ImageFormats.BuiltIn.Decoders.SelectMany(d => d.Extensions))
        {
            _folder.Write($"rose/1{extension}");
        }

        _folder.Write("rose/1.webp");

        var data = ImageDataset.Open(_folder.Path);

        data.Images.Select(i => Path.GetExtension(i.Path)).ShouldBe([".bmp", ".gif", ".jfif", ".jpeg", ".jpg", ".png"]);
        data.Findings.ShouldHaveSingleItem().ShouldBe(new DatasetFinding(
            _folder.At("rose/1.webp"),
            "an image in another format than .jpg, .jpeg, .jfif, .png, .gif or .bmp: left out; "
            + "the package TransferLearning.Magick (its set of formats is MagickFormats.All) decodes it")
        {
            Kind = DatasetFindingKind.OtherFormat,
        });
    }

    [Fact]
    public void Files_of_a_format_are_listed_and_decoded_only_with_that_format()
    {
        _folder.Write("red/1.toy", Toy(0));
        _folder.Write("red/2.jpg", DrawnImages.Disc(0, 2).File);
        _folder.Write("blue/1.TOY", Toy(1));

        var without = ImageDataset.Open(_folder.Path);
        var with = ImageDataset.Open(_folder.Path, WithToy);

        without.Images.ShouldHaveSingleItem().Path.ShouldEndWith("2.jpg");
        without.Findings.Count.ShouldBe(2);
        with.Labels.ShouldBe(["blue", "red"]);
        with.Count.ShouldBe(3);
        with.Check().Unreadable.ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_of_a_format_that_was_not_given_lists_those_that_were()
    {
        _folder.Write("red/1.toy", Toy(0));

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path))
            .Message.ShouldContain("holds no images: expected files named .jpg, .jpeg, .jfif, .png, .gif or .bmp");
    }

    [Fact]
    public void A_single_file_of_a_format_that_was_not_given_is_refused_by_its_name()
    {
        string file = _folder.Write("1.toy", Toy(0));

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(file))
            .Message.ShouldStartWith($"'{file}' is not an image by its name (.jpg, .jpeg, .jfif, .png, .gif or .bmp), and not a manifest");
        ImageDataset.Open(file, WithToy).Check().Unreadable.ShouldBeEmpty();
    }

    [Fact]
    public void An_archive_lists_the_formats_given()
    {
        _folder.Write("set/red/1.toy", Toy(0));
        _folder.Write("set/blue/1.toy", Toy(1));
        string archive = _folder.At("set.zip");
        ZipFile.CreateFromDirectory(_folder.At("set"), archive);

        ImageDataset.Open(archive, WithToy).Check().Classes.ShouldBe([new ClassCount("blue", 1, 0), new ClassCount("red", 1, 0)]);
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(archive)).Message.ShouldContain("no images");
    }

    [Fact]
    public void A_manifest_names_files_of_any_format_and_the_formats_given_decode_them()
    {
        _folder.Write("1.toy", Toy(0));
        string manifest = _folder.Write("set.csv", "1.toy,red\n");

        ImageDataset.Open(manifest, WithToy).Check().Unreadable.ShouldBeEmpty();
        ImageDataset.Open(manifest).Check().Unreadable.ShouldHaveSingleItem().Reason.ShouldEndWith("are JPEG, PNG, GIF, BMP");
    }

    [Fact]
    public void An_image_keeps_its_formats_in_every_selection_and_combination()
    {
        string[] files = [_folder.Write("1.toy", Toy(0)), _folder.Write("2.toy", Toy(1))];
        var toys = ImageDataset.FromFiles(files, WithToy);
        LabeledImage inMemory = LabeledImage.FromBytes(Toy(2), "green").WithFormats(ToyDecoder.WithBuiltIn);
        var jpeg = LabeledImage.FromBytes(DrawnImages.Disc(0, 3).File, "red");

        var all = ImageDataset.FromImages([.. toys.Select([1]).Images, inMemory.WithLabel("lime").WithGroup("a"), jpeg]);

        all.Images.Select(i => i.Formats).ShouldBe([ToyDecoder.WithBuiltIn, ToyDecoder.WithBuiltIn, ImageFormats.BuiltIn]);
        all.Check().Unreadable.ShouldBeEmpty();
    }

    private static byte[] Toy(int color) => ToyDecoder.Encode(ImageFormats.BuiltIn.Decode(DrawnImages.Disc(color, color).File));
}
