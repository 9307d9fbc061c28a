using System.Buffers.Binary;
using TransferLearning.Imaging.Decoding.Png;
using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests.Decoding.Png;

public sealed class PngDecoderTests
{
    private static readonly byte[] Whole = GoldenFiles.Read("rgb-8.png");

    [Fact]
    public void A_whole_file_has_no_damage() => ImageFormats.BuiltIn.FindDamage(Whole, ImageLimits.Default).ShouldBeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(16)]
    public void A_file_that_ends_behind_its_pixels_decodes_with_a_finding(int missing) =>
        Decodes(Whole[..^missing]).ShouldContain($"the data ends at byte {Whole.Length - missing}, before the end marker (IEND)");

    [Fact]
    public void A_wrong_checksum_of_the_end_marker_is_a_finding()
    {
        byte[] file = [.. Whole];
        file[^1] ^= 1;

        Decodes(file).ShouldContain("the checksum of the chunk IEND");
    }

    [Theory]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("eXIf")]
    [InlineData("tIME")]
    public void A_wrong_checksum_of_a_chunk_without_pixels_is_a_finding(string type)
    {
        Decodes(WithChunk(type, beforePixels: true)).ShouldContain($"the checksum of the chunk {type} at byte 33 is wrong");
        Decodes(WithChunk(type, beforePixels: false)).ShouldContain($"the checksum of the chunk {type}");
    }

    [Theory]
    [InlineData("tRNS")]
    [InlineData("PLTE")]
    [InlineData("IDAT")]
    public void A_wrong_checksum_of_what_makes_the_pixels_is_refused(string type) =>
        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(WithChunk(type, beforePixels: true)))
            .Message.ShouldContain("checksum");

    [Fact]
    public void A_file_that_ends_in_a_text_behind_its_pixels_decodes_with_a_finding()
    {
        byte[] file = WithChunk("tEXt", beforePixels: false);

        Decodes(file[..^18]).ShouldContain("before the end marker");
    }

    [Fact]
    public void A_file_that_ends_in_a_text_before_its_pixels_is_refused() =>
        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(WithChunk("tEXt", beforePixels: true).AsSpan(0, 40)));

    private static string Decodes(byte[] file)
    {
        ImageFormats.BuiltIn.Decode(file).Pixels.SequenceEqual(ImageFormats.BuiltIn.Decode(Whole).Pixels).ShouldBeTrue();
        return ImageFormats.BuiltIn.FindDamage(file, ImageLimits.Default).ShouldNotBeNull();
    }

    // A chunk of 6 bytes with a wrong checksum, directly behind the header or before the end marker.
    private static byte[] WithChunk(string type, bool beforePixels)
    {
        byte[] chunk = [0, 0, 0, 6, .. System.Text.Encoding.ASCII.GetBytes(type), 1, 2, 3, 4, 5, 6, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(14), ~Crc32.Compute(chunk.AsSpan(4, 10)));
        int at = beforePixels ? 33 : Whole.Length - 12;
        return [.. Whole[..at], .. chunk, .. Whole[at..]];
    }
}
