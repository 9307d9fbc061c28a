using Google.Protobuf;
using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Tests.Formats.Wire;

public sealed class WireWriterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Numbers_are_written_as_Google_writes_them(long value)
    {
        var writer = new WireWriter();
        writer.WriteInt64(1, value);
        writer.WriteInt64(16, value);

        writer.ToBytes().ShouldBe(ByGoogle(output =>
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteInt64(value);
            output.WriteTag(16, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }));
    }

    [Fact]
    public void Texts_and_floating_point_numbers_are_written_as_Google_writes_them()
    {
        const string text = "Stra\u00DFe \uD83C\uDF37 \uD800";
        var writer = new WireWriter();
        writer.WriteString(3, text);
        writer.WriteString(4, "");
        writer.WriteSingle(5, -0.1f);
        writer.WriteSingle(6, float.NaN);

        writer.ToBytes().ShouldBe(ByGoogle(output =>
        {
            output.WriteTag(3, WireFormat.WireType.LengthDelimited);
            output.WriteString(text);
            output.WriteTag(4, WireFormat.WireType.LengthDelimited);
            output.WriteString("");
            output.WriteTag(5, WireFormat.WireType.Fixed32);
            output.WriteFloat(-0.1f);
            output.WriteTag(6, WireFormat.WireType.Fixed32);
            output.WriteFloat(float.NaN);
        }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Messages_contain_messages_and_bytes_of_any_length(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var inner = new WireWriter();
        inner.WriteInt64(1, 5);
        inner.WriteBytes(2, bytes);
        inner.WriteInt64(3, 6);
        var outer = new WireWriter();
        outer.WriteMessage(7, inner);
        outer.WriteMessage(7, inner);
        byte[] innerByGoogle = ByGoogle(output =>
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteInt64(5);
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(bytes));
            output.WriteTag(3, WireFormat.WireType.Varint);
            output.WriteInt64(6);
        });

        outer.Length.ShouldBe(outer.ToBytes().Length);
        outer.ToBytes().ShouldBe(ByGoogle(output =>
        {
            for (int i = 0; i < 2; i++)
            {
                output.WriteTag(7, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(innerByGoogle));
            }
        }));
    }

    [Fact]
    public void More_than_two_gigabytes_are_refused_and_nothing_is_written()
    {
        // The same bytes over and over, which are not copied.
        byte[] bytes = new byte[1 << 20];
        var writer = new WireWriter();
        for (int i = 0; i < 2048; i++)
        {
            writer.WriteBytes(1, bytes);
        }

        using var stream = new MemoryStream();
        Should.Throw<InvalidNetworkException>(() => writer.WriteTo(stream)).Message.ShouldContain("which can have 2147483647");
        Should.Throw<InvalidNetworkException>(() => new WireWriter().WriteMessage(1, writer)).Message.ShouldContain("float16");
        stream.Length.ShouldBe(0);
    }

    private static byte[] ByGoogle(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
