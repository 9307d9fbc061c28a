using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Tests.Formats.Wire;

public sealed class WireReaderTests
{
    [Theory]
    [InlineData(new byte[] { 0x00 }, 0)]
    [InlineData(new byte[] { 0x7F }, 127)]
    [InlineData(new byte[] { 0x80, 0x01 }, 128)]
    [InlineData(new byte[] { 0xAC, 0x02 }, 300)]
    [InlineData(new byte[] { 0x80, 0x80, 0x00 }, 0)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x07 }, int.MaxValue)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, long.MaxValue)]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, -1)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 }, long.MinValue)]
    public void A_number_has_seven_bits_per_byte(byte[] bytes, long expected) => Read([0x08, .. bytes]).Number.ShouldBe(expected);

    [Fact]
    public void A_negative_number_of_32_bits_is_one_of_64_bits_cut_off()
    {
        var reader = new WireReader(new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 });

        reader.ReadInt32().ShouldBe(-2);
    }

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFF })]
    public void A_number_that_is_cut_short_is_refused(byte[] bytes) => Error([0x08, .. bytes]).ShouldContain("cut short");

    [Fact]
    public void A_number_of_more_than_ten_bytes_is_refused() =>
        Error([0x08, .. Enumerable.Repeat((byte)0x80, 10), 0x00]).ShouldContain("more than 10 bytes");

    [Theory]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0x02, 0x00 })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x10 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    public void A_tag_without_a_field_or_beyond_32_bits_is_refused(byte[] bytes) => Error(bytes).ShouldContain("not the tag of a field");

    [Theory]
    [InlineData(new byte[] { 0x12, 0x03, 0x61, 0x62 }, "3 bytes, but only 2 follow")]
    [InlineData(new byte[] { 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 }, "2147483647 bytes, but only 0 follow")]
    [InlineData(new byte[] { 0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "bytes, but only 0 follow")]
    [InlineData(new byte[] { 0x3D, 0x00, 0x00 }, "4 bytes, but only 2 follow")]
    [InlineData(new byte[] { 0x39, 0x00, 0x00 }, "8 bytes, but only 2 follow")]
    public void A_value_beyond_the_message_is_refused_before_memory_is_taken(byte[] bytes, string problem) =>
        Error(bytes).ShouldContain(problem);

    [Theory]
    [InlineData(new byte[] { 0x4B, 0x4C }, "the field 9 is a group")]
    [InlineData(new byte[] { 0x4C }, "the field 9 is a group")]
    [InlineData(new byte[] { 0x4E }, "wire type 6")]
    [InlineData(new byte[] { 0x4F }, "wire type 7")]
    public void Groups_and_unknown_wire_types_are_refused(byte[] bytes, string problem) => Error(bytes).ShouldContain(problem);

    [Fact]
    public void Unknown_fields_and_those_of_another_wire_type_are_skipped()
    {
        Message message = Read(
            [
                0x40, 0x96, 0x01, // 8: varint
                0x49, 1, 2, 3, 4, 5, 6, 7, 8, // 9: 64 bits
                0x52, 2, 0x61, 0x62, // 10: bytes
                0x5D, 1, 2, 3, 4, // 11: 32 bits
                0x0D, 1, 0, 0, 0, // 1: 32 bits, not a varint
                0x08, 7, // 1: varint
            ]);

        message.Number.ShouldBe(7);
    }

    [Theory]
    [InlineData(new byte[] { 0x18, 0x01, 0x18, 0xAC, 0x02, 0x18, 0x03 })]
    [InlineData(new byte[] { 0x1A, 0x04, 0x01, 0xAC, 0x02, 0x03 })]
    [InlineData(new byte[] { 0x18, 0x01, 0x1A, 0x02, 0xAC, 0x02, 0x1A, 0x00, 0x18, 0x03 })]
    public void Numbers_are_read_packed_and_not_packed(byte[] bytes) => Read(bytes).Numbers.ToArray().ShouldBe([1, 300, 3]);

    [Theory]
    [InlineData(new byte[] { 0x25, 0, 0, 0x80, 0x3F, 0x25, 0, 0, 0, 0xC0 })]
    [InlineData(new byte[] { 0x22, 8, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 })]
    public void Floating_point_numbers_are_read_packed_and_not_packed(byte[] bytes) => Read(bytes).Singles.ToArray().ShouldBe([1, -2]);

    [Theory]
    [InlineData(new byte[] { 0x29, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F })]
    [InlineData(new byte[] { 0x2A, 8, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F })]
    public void Double_precision_numbers_are_read_packed_and_not_packed(byte[] bytes) => Read(bytes).Doubles.ToArray().ShouldBe([1]);

    [Fact]
    public void Packed_numbers_of_no_whole_size_are_refused() =>
        Error([0x22, 6, 0, 0, 0x80, 0x3F, 0, 0]).ShouldContain("6 bytes, which is no whole number of 4 bytes each");

    [Fact]
    public void A_packed_number_that_is_cut_short_is_refused() => Error([0x1A, 0x02, 0x01, 0x80]).ShouldContain("cut short");

    [Fact]
    public void Bytes_are_slices_of_the_file()
    {
        byte[] file = [0x12, 0x02, 0x61, 0x62];
        Message message = Read(file);

        file[2] = 0x63;

        message.Bytes.ToArray().ShouldBe([0x63, 0x62]);
    }

    [Fact]
    public void Many_numbers_keep_their_order()
    {
        var values = new RepeatedValues<long>();
        for (int i = 0; i < 1000; i++)
        {
            values.Add(i);
            values.Reserve(i % 7);
        }

        values.Count.ShouldBe(1000);
        values.ToArray().ShouldBe(Enumerable.Range(0, 1000).Select(i => (long)i));
    }

    private static Message Read(byte[] bytes)
    {
        var message = new Message();
        message.Merge(bytes);
        return message;
    }

    private static string Error(byte[] bytes) => Should.Throw<WireFormatException>(() => Read(bytes)).Message;

    private sealed class Message : WireMessage
    {
        public long Number { get; private set; }

        public ReadOnlyMemory<byte> Bytes { get; private set; }

        public RepeatedValues<long> Numbers { get; } = new();

        public RepeatedValues<float> Singles { get; } = new();

        public RepeatedValues<double> Doubles { get; } = new();

        protected override bool TryRead(ref WireReader reader)
        {
            switch ((reader.Field, reader.Type))
            {
                case (1, WireType.Varint):
                    Number = reader.ReadInt64();
                    return true;
                case (2, WireType.Bytes):
                    Bytes = reader.ReadBytes();
                    return true;
                case (3, WireType.Varint or WireType.Bytes):
                    reader.ReadInt64s(Numbers);
                    return true;
                case (4, WireType.Fixed32 or WireType.Bytes):
                    reader.ReadSingles(Singles);
                    return true;
                case (5, WireType.Fixed64 or WireType.Bytes):
                    reader.ReadDoubles(Doubles);
                    return true;
                default:
                    return false;
            }
        }
    }
}
