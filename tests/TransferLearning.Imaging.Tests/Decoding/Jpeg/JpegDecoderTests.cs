using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests.Decoding.Jpeg;

public sealed class JpegDecoderTests
{
    private const int StartOfFrame = 0xC0;

    [Theory]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    [InlineData(0xC9, "arithmetic")]
    public void Coding_that_is_not_supported_is_named(byte marker, string expected) =>
        Refusal((file, frame) => file[frame + 1] = marker).ShouldContain(expected);

    [Fact]
    public void Twelve_bits_are_refused() => Refusal((file, frame) => file[frame + 4] = 12).ShouldContain("12 bits");

    [Fact]
    public void A_hostile_size_is_refused_before_memory_is_allocated()
    {
        Refusal((file, frame) => file.AsSpan(frame + 5, 4).Fill(0xFF)).ShouldContain("65535 x 65535");
        Refusal((file, frame) => (file[frame + 5], file[frame + 7]) = (0x30, 0x30)).ShouldContain("need at least");
    }

    [Fact]
    public void A_truncated_scan_is_an_error_that_says_where()
    {
        byte[] file = GoldenFiles.Read("baseline-420.jpg");

        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file.AsSpan(0, file.Length - 200)))
            .Message.ShouldContain($"ends at byte {file.Length - 200} in the scan");
    }

    [Fact]
    public void Bytes_after_the_image_and_a_missing_end_marker_are_ignored()
    {
        byte[] file = GoldenFiles.Read("baseline-420.jpg");
        RgbImage expected = ImageFormats.BuiltIn.Decode(file);

        ImageFormats.BuiltIn.Decode([.. file, 1, 2, 3]).Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
        ImageFormats.BuiltIn.Decode(file.AsSpan(0, file.Length - 2)).Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
    }

    [Fact]
    public void Fill_bytes_before_markers_are_skipped()
    {
        byte[] file = GoldenFiles.Read("restart-markers.jpg");
        RgbImage expected = ImageFormats.BuiltIn.Decode(file);
        var filled = new List<byte>();
        for (int i = 0; i < file.Length; i++)
        {
            if (i + 1 < file.Length && file[i] == 0xFF && file[i + 1] is >= 0xD0 and <= 0xD7)
            {
                filled.AddRange([0xFF, 0xFF]);
            }

            filled.Add(file[i]);
        }

        filled.Count.ShouldBeGreaterThan(file.Length);
        ImageFormats.BuiltIn.Decode([.. filled]).Pixels.SequenceEqual(expected.Pixels).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_sequential_image_that_ends_without_a_scan_of_a_component_is_refused(int components)
    {
        byte[] file = GoldenFiles.Read("baseline-420.jpg");
        int scan = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        byte[] identifiers = [file[scan + 5], file[scan + 7], file[scan + 9]];
        byte[] partial =
        [
            .. file[..scan], 0xFF, 0xDA, 0, (byte)(6 + (2 * components)), (byte)components,
            .. identifiers.Take(components).SelectMany(id => new byte[] { id, (byte)(id == identifiers[0] ? 0x00 : 0x11) }),
            0, 63, 0,
            .. new byte[20_000], 0xFF, 0xD9,
        ];

        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(partial))
            .Message.ShouldContain($"ends without a scan of component {identifiers[components]}");
    }

    [Fact]
    public void A_missing_restart_marker_is_an_error()
    {
        byte[] file = GoldenFiles.Read("restart-markers.jpg");
        int at = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xD1]);
        file[at + 1] = 0xD5;

        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file))
            .Message.ShouldContain($"restart marker 1 at byte {at}");
    }

    private static string Refusal(Action<byte[], int> edit)
    {
        byte[] file = GoldenFiles.Read("baseline-420.jpg");
        edit(file, file.AsSpan().IndexOf([(byte)0xFF, (byte)StartOfFrame]));
        return Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(file)).Message;
    }
}
