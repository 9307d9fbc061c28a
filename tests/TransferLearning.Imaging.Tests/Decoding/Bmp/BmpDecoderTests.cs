using System.Buffers.Binary;

namespace TransferLearning.Imaging.Tests.Decoding.Bmp;

public sealed class BmpDecoderTests
{
    private static readonly byte[] Palette = [0, 0, 0, 0, 30, 20, 10, 0, 60, 50, 40, 0];

    [Fact]
    public void Sixteen_bits_without_masks_are_5_5_5() =>
        Decode(Info(2, 1, 16, 0, [], [0x00, 0x7C, 0x1F, 0x00])).ShouldBe([255, 0, 0, 0, 0, 255]);

    [Fact]
    public void Masks_select_the_bits_of_the_colors() => Decode(
        Info(2, 1, 16, 3, [0x00, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0], [0xE0, 0x07, 0xFF, 0xFF])).ShouldBe(
        [0, 255, 0, 255, 255, 255]);

    [Fact]
    public void Thirty_two_bits_ignore_the_fourth_byte() => Decode(Info(1, 1, 32, 0, [], [3, 2, 1, 0])).ShouldBe([1, 2, 3]);

    [Fact]
    public void An_opacity_mask_blends_pixels_with_white() => Decode(
        Info(1, 1, 32, 6, [0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF], [0, 0, 0, 51])).ShouldBe([204, 204, 204]);

    [Fact]
    public void A_negative_height_stores_rows_from_the_top() => Decode(
        Info(1, -2, 24, 0, [], [3, 2, 1, 0, 6, 5, 4, 0])).ShouldBe([1, 2, 3, 4, 5, 6]);

    [Fact]
    public void Runs_of_bytes_are_expanded() => Decode(
        Info(4, 2, 8, 1, Palette, [3, 1, 1, 2, 0, 0, 0, 3, 2, 1, 2, 0, 0, 1], colors: 3)).ShouldBe(
        [40, 50, 60, 10, 20, 30, 40, 50, 60, 0, 0, 0, 10, 20, 30, 10, 20, 30, 10, 20, 30, 40, 50, 60]);

    [Fact]
    public void Runs_of_half_bytes_are_expanded() => Decode(
        Info(4, 1, 4, 2, Palette, [3, 0x12, 0, 2, 0, 0, 1, 0x20, 0, 1], colors: 3)).ShouldBe(
        [10, 20, 30, 40, 50, 60, 10, 20, 30, 40, 50, 60]);

    [Fact]
    public void Pixels_that_a_step_skips_have_the_first_color() => Decode(
        Info(3, 2, 8, 1, Palette, [0, 2, 1, 1, 1, 2, 0, 1], colors: 3)).ShouldBe(
        [0, 0, 0, 40, 50, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

    [Fact]
    public void A_header_of_OS2_is_read()
    {
        byte[] file =
        [
            .. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 12, 0, 0, 0, 2, 0, 1, 0, 1, 0, 1, 0, 3, 2, 1, 6, 5, 4, 0x40, 0, 0, 0,
        ];

        Decode(file).ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void A_header_with_too_many_pixels_is_refused() =>
        Should.Throw<InvalidImageException>(() => ImageFormats.BuiltIn.Decode(Info(60000, 60000, 24, 0, [], [])))
            .Message.ShouldContain("60000 x 60000");

    private static byte[] Decode(byte[] file) => ImageFormats.BuiltIn.Decode(file).Pixels.ToArray();

    private static byte[] Info(int width, int height, int bits, int compression, byte[] tables, byte[] pixels, int colors = 0)
    {
        byte[] file = new byte[54 + tables.Length + pixels.Length];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54 + tables.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28], file[30], file[46]) = (1, (byte)bits, (byte)compression, (byte)colors);
        tables.CopyTo(file, 54);
        pixels.CopyTo(file, 54 + tables.Length);
        return file;
    }
}
