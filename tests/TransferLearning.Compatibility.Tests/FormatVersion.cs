using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TransferLearning.Compatibility.Tests;

/// <summary>Reads the version out of a file's bytes, without the library: this is what programs of other versions see.</summary>
internal static class FormatVersion
{
    private const int CacheVersionAt = 8;

    private static readonly byte[] ModelKey = Encoding.ASCII.GetBytes("transferlearning.version");

    /// <summary>The value of <c>transferlearning.version</c> in the metadata of an ONNX file.</summary>
    public static int OfModel(ReadOnlySpan<byte> content)
    {
        // The entry as protocol buffers write it: key, tag of the second field, length of the value, value.
        const byte ValueTag = 0x12;
        int key = content.IndexOf(ModelKey);
        key.ShouldBeGreaterThan(0, "a model file states its version");
        ReadOnlySpan<byte> value = content[(key + ModelKey.Length)..];
        value[0].ShouldBe(ValueTag);
        return int.Parse(Encoding.ASCII.GetString(value.Slice(2, value[1])), CultureInfo.InvariantCulture);
    }

    /// <summary>The version in the header of a file of bottlenecks or of the index.</summary>
    public static int OfCache(ReadOnlySpan<byte> content) => BinaryPrimitives.ReadInt32LittleEndian(content[CacheVersionAt..]);
}
