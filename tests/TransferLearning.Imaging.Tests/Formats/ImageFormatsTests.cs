using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests.Formats;

public sealed class ImageFormatsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-formats-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("RIFF....WEBPVP8 ", "WebP")]
    [InlineData("....ftypheic", "HEIC")]
    [InlineData("....ftypavif", "AVIF image, which the package TransferLearning.Magick")]
    [InlineData("II*\0....", "TIFF")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a pointer of Git LFS, not the image itself")]
    [InlineData("7z\u00BC\u00AF\u0027\u001C....", "7z archive")]
    [InlineData("Rar!\u001A\u0007..", "RAR archive")]
    [InlineData("\u00FFO\u00FFQ....", "JPEG 2000")]
    [InlineData("Photos by many people", "a text file")]
    [InlineData("\u0001\u0002Photos", "010250686F746F73")]
    public void An_unknown_format_is_named_beside_the_known_ones(string content, string expected)
    {
        byte[] file = [.. content.Select(c => (byte)c)];

        InvalidImageException error = Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("JPEG, PNG, GIF, BMP");
    }

    [Fact]
    public void A_file_is_decoded_by_its_content_whatever_its_name()
    {
        string path = Path.Combine(_folder.FullName, "photo.jpg");
        File.WriteAllBytes(path, GoldenFiles.Read("rgb-8.png"));

        ImageFormats.BuiltIn.Load(path).Width.ShouldBe(19);
    }

    [Fact]
    public async Task A_file_that_cannot_be_decoded_is_named()
    {
        string path = Path.Combine(_folder.FullName, "broken.png");
        await File.WriteAllBytesAsync(path, GoldenFiles.Read("rgb-8.png")[..200]);

        InvalidImageException error = await Should.ThrowAsync<InvalidImageException>(() => ImageFormats.BuiltIn.LoadAsync(path));

        error.Message.ShouldContain("broken.png");
        error.Message.ShouldContain("truncated");
    }

    [Theory]
    [InlineData(typeof(IndexOutOfRangeException), "Failing: a fault of the decoder")]
    [InlineData(typeof(NotSupportedException), "Failing: a fault of the decoder")]
    [InlineData(typeof(OutOfMemoryException), "Failing: there is not enough memory")]
    public void Whatever_a_decoder_throws_makes_the_image_invalid_and_is_named(Type type, string expected)
    {
        ImageFormats formats = ImageFormats.BuiltIn.Add(new FailingDecoder((Exception)Activator.CreateInstance(type)!));

        InvalidImageException error = Should.Throw<InvalidImageException>(() => formats.Decode("FAIL"u8));

        error.Message.ShouldStartWith(expected);
        error.InnerException.ShouldBeOfType(type);
    }

    [Fact]
    public void A_stream_is_decoded_from_its_position()
    {
        using var stream = new MemoryStream([1, 2, 3, .. GoldenFiles.Read("gif.gif")]);
        stream.Position = 3;

        ImageFormats.BuiltIn.Decode(stream).Width.ShouldBe(61);
    }

    [Fact]
    public void The_extensions_are_those_of_the_decoders()
    {
        ImageFormats.BuiltIn.Extensions.ShouldBe([".jpg", ".jpeg", ".jfif", ".png", ".gif", ".bmp"]);
        ImageFormats.BuiltIn.Extensions.ShouldBe(ImageFormats.BuiltIn.Decoders.SelectMany(d => d.Extensions));
    }

    [Fact]
    public void Every_golden_file_has_an_extension_of_the_only_decoder_that_recognizes_it()
    {
        var used = new HashSet<string>();
        foreach ((string name, _, _, _) in GoldenFiles.All())
        {
            byte[] file = GoldenFiles.Read(name);
            IImageDecoder decoder = ImageFormats.BuiltIn.Decoders.Where(d => d.Matches(file)).ShouldHaveSingleItem();

            decoder.Extensions.ShouldContain(Path.GetExtension(name), name);
            used.Add(decoder.FormatName);
        }

        used.ShouldBe(ImageFormats.BuiltIn.Decoders.Select(d => d.FormatName), ignoreOrder: true);
    }

    [Theory]
    [InlineData("rose.jpg", true)]
    [InlineData("folder/ROSE.JPeG", true)]
    [InlineData("rose.jpg.txt", false)]
    [InlineData("jpg", false)]
    [InlineData("", false)]
    public void A_name_matches_by_its_extension_in_any_letter_case(string path, bool expected) =>
        ImageFormats.BuiltIn.MatchesName(path).ShouldBe(expected);

    [Fact]
    public void A_format_that_is_added_is_decoded_beside_the_others_and_stays_out_of_the_set_before()
    {
        RgbImage image = TestImages.Noise(7, 5);
        byte[] file = ToyDecoder.Encode(image);

        ImageFormats formats = ImageFormats.BuiltIn.Add(new ToyDecoder());

        formats.Decode(file).Pixels.SequenceEqual(image.Pixels).ShouldBeTrue();
        formats.Decode(GoldenFiles.Read("rgb-8.png")).Width.ShouldBe(19);
        formats.MatchesName("a.toy").ShouldBeTrue();
        formats.ToString().ShouldBe("JPEG, PNG, GIF, BMP, Toy");
        Should.Throw<InvalidImageException>(() => formats.Decode("no image"u8)).Message.ShouldContain("JPEG, PNG, GIF, BMP, Toy");
        ImageFormats.BuiltIn.MatchesName("a.toy").ShouldBeFalse();
        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file)).Message.ShouldEndWith("JPEG, PNG, GIF, BMP");
    }

    [Theory]
    [InlineData("jpeg", ".toy", "the format jpeg is already in the set (JPEG, PNG, GIF, BMP)")]
    [InlineData("Toy", ".toy,.JPG", "the extension .JPG of the format Toy already belongs to JPEG")]
    [InlineData("Toy", "toy", "expected at least one, each a dot followed by letters or digits")]
    [InlineData("Toy", ".to/y", "expected at least one")]
    [InlineData("Toy", ".", "expected at least one")]
    [InlineData("Toy", "", "expected at least one")]
    public void A_format_that_does_not_fit_the_set_is_refused(string name, string extensions, string expected)
    {
        var decoder = new NamedDecoder(name, extensions.Split(',', StringSplitOptions.RemoveEmptyEntries));

        Should.Throw<ArgumentException>(() => ImageFormats.BuiltIn.Add(decoder)).Message.ShouldContain(expected);
    }

    [Fact]
    public void The_limit_on_pixels_holds_for_added_formats()
    {
        byte[] file = ToyDecoder.Encode(TestImages.Noise(7, 5));

        Should.Throw<InvalidImageException>(() => ToyDecoder.WithBuiltIn.Decode(file, new DecoderOptions { MaxPixels = 34 }))
            .Message.ShouldBe("Toy: the header says 7 x 5 pixels; at most 34 pixels are decoded (the limit ImageLimits.MaxPixels): "
                + "make the image smaller, or raise the limit");
        ToyDecoder.WithBuiltIn.Decode(file, new DecoderOptions { MaxPixels = 35 }).Width.ShouldBe(7);
        Should.Throw<ArgumentOutOfRangeException>(() => new DecoderOptions { MaxPixels = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new DecoderOptions { MaxPixels = 1L << 30 });
    }

    private sealed class NamedDecoder(string name, string[] extensions) : IImageDecoder
    {
        public string FormatName => name;

        public IReadOnlyList<string> Extensions => extensions;

        public bool Matches(ReadOnlySpan<byte> data) => false;

        public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options) => throw new NotSupportedException();
    }
}
