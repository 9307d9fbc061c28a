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
    [InlineData("....ftypavif", "AVIF")]
    [InlineData("II*\0....", "TIFF")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("Photos by many people", "50686F746F732062")]
    public void An_unknown_format_is_named_beside_the_known_ones(string content, string expected)
    {
        InvalidImageException error = Should.Throw<InvalidImageException>(() => RgbImage.Decode(content.Select(c => (byte)c).ToArray()));

        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("JPEG, PNG, GIF, BMP");
    }

    [Fact]
    public void A_file_is_decoded_by_its_content_whatever_its_name()
    {
        string path = Path.Combine(_folder.FullName, "photo.jpg");
        File.WriteAllBytes(path, GoldenFiles.Read("rgb-8.png"));

        RgbImage.Load(path).Width.ShouldBe(19);
    }

    [Fact]
    public async Task A_file_that_cannot_be_decoded_is_named()
    {
        string path = Path.Combine(_folder.FullName, "broken.png");
        await File.WriteAllBytesAsync(path, GoldenFiles.Read("rgb-8.png")[..200]);

        InvalidImageException error = await Should.ThrowAsync<InvalidImageException>(() => RgbImage.LoadAsync(path));

        error.Message.ShouldContain("broken.png");
        error.Message.ShouldContain("truncated");
    }

    [Fact]
    public void A_stream_is_decoded_from_where_it_stands()
    {
        using var stream = new MemoryStream([1, 2, 3, .. GoldenFiles.Read("gif.gif")]);
        stream.Position = 3;

        RgbImage.Decode(stream).Width.ShouldBe(61);
    }
}
