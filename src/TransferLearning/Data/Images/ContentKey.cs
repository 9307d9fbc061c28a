using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TransferLearning.Data.Images;

/// <summary>The SHA-256 of an image file's bytes, which identifies an image whatever its name and folder. Immutable.</summary>
internal readonly record struct ContentKey(ulong Part0, ulong Part1, ulong Part2, ulong Part3) : IComparable<ContentKey>
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Size = 32;

    public static ContentKey Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return Read(hash);
    }

    public static ContentKey Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(source),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[24..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Part0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Part1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Part2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Part3);
    }

    // The parts are already uniformly distributed.
    public override int GetHashCode() => unchecked((int)Part0);

    /// <summary>A fixed order, by the four parts as numbers; not that of the hexadecimal digits.</summary>
    public int CompareTo(ContentKey other) =>
        (Part0, Part1, Part2, Part3).CompareTo((other.Part0, other.Part1, other.Part2, other.Part3));

    /// <summary>The hash in lowercase hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[Size];
        Write(hash);
        return Convert.ToHexStringLower(hash);
    }
}
