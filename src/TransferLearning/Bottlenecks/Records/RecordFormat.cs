using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Data.Images;
using TransferLearning.Runtime.Files;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>
/// A file of fixed-size records: a header of 128 bytes, then records of key (32 bytes), checksum (CRC-32C of key and payload, 4 bytes) and
/// payload. All numbers are little-endian. Header: magic (8), version, element type, elements per payload, bytes per payload (4 each),
/// fingerprint of what made the payloads (32), its name (64, zero-padded UTF-8), identity of the file (4), CRC-32C of the 124 bytes before
/// (4). The identity is a random number, drawn when a file is made or rewritten; zero in files of earlier versions. Immutable.
/// </summary>
/// <param name="Magic">Eight ASCII letters that identify the kind of file.</param>
/// <param name="ElementType">The type of a payload's elements, as ONNX numbers them.</param>
/// <param name="Elements">The number of elements of a payload.</param>
/// <param name="PayloadSize">The bytes of a payload.</param>
/// <param name="Fingerprint">SHA-256 of what made the payloads.</param>
/// <param name="Name">The name of what made the payloads, for information.</param>
internal sealed record RecordFormat(string Magic, int ElementType, int Elements, int PayloadSize, ContentKey Fingerprint, string Name)
{
    public const int HeaderSize = 128;

    private const int Version = 1;

    // More than any network's features take.
    private const int MaxPayloadSize = 1 << 24;
    private const int NameAt = 56;
    private const int NameSize = 64;
    private const int IdentityAt = NameAt + NameSize;
    private const int ChecksumAt = ContentKey.Size;
    private const int PayloadAt = ChecksumAt + sizeof(uint);

    public int RecordSize => PayloadAt + PayloadSize;

    public long RecordAt(int record) => HeaderSize + ((long)record * RecordSize);

    /// <summary>The number of complete records in a file of some length.</summary>
    public int RecordsIn(long fileLength) => checked((int)(Math.Max(0, fileLength - HeaderSize) / RecordSize));

    /// <summary>The header of a new file of this format, with a new identity.</summary>
    public byte[] NewHeader() => Header(BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))));

    private byte[] Header(uint identity)
    {
        byte[] header = new byte[HeaderSize];
        Encoding.ASCII.GetBytes(Magic, header);
        int[] numbers = [Version, ElementType, Elements, PayloadSize];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8 + (i * sizeof(int))), numbers[i]);
        }

        Fingerprint.Write(header.AsSpan(24));
        Encoding.UTF8.GetEncoder().Convert(Name, header.AsSpan(NameAt, NameSize), flush: true, out _, out _, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(IdentityAt), identity);
        uint checksum = Crc32C.Append(0, header.AsSpan(..^sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(HeaderSize - sizeof(uint)), checksum);
        return header;
    }

    /// <summary>The identity in the header of a file of this format; null where it is another header. The name may differ.</summary>
    public uint? IdentityIn(ReadOnlySpan<byte> header) =>
        header.Length == HeaderSize && IsIntact(header) && header[..NameAt].SequenceEqual(Header(0).AsSpan(..NameAt))
            ? BinaryPrimitives.ReadUInt32LittleEndian(header[IdentityAt..])
            : null;

    /// <summary>The identity of an open file of this format; null where it has another header, or none yet.</summary>
    public uint? IdentityOf(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        return RecordBytes.TryRead(file, 0, header) ? IdentityIn(header) : null;
    }

    private static bool IsIntact(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[^sizeof(uint)..]) == Crc32C.Append(0, header[..^sizeof(uint)]);

    /// <summary>
    /// The format that a file's header describes; null where there is no intact header, or one of another version or with impossible sizes.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static RecordFormat? TryRead(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        byte[] header = new byte[HeaderSize];
        bool isComplete = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize;
        return isComplete && IsIntact(header) && HasKnownSizes(header) ? Read(header) : null;
    }

    private static bool HasKnownSizes(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt32LittleEndian(header[8..]) == Version
        && BinaryPrimitives.ReadInt32LittleEndian(header[16..]) is >= 1 and <= MaxPayloadSize
        && BinaryPrimitives.ReadInt32LittleEndian(header[20..]) is >= 1 and <= MaxPayloadSize;

    private static RecordFormat Read(ReadOnlySpan<byte> header) => new(
        Encoding.ASCII.GetString(header[..8]),
        BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
        BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(header[20..]),
        ContentKey.Read(header[24..]),
        Encoding.UTF8.GetString(header.Slice(NameAt, NameSize)).TrimEnd('\0'));

    /// <summary>Writes key and checksum into a record that already holds its payload.</summary>
    public static void Seal(Span<byte> record, ContentKey key)
    {
        key.Write(record);
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumAt..], RecordChecksum(record));
    }

    public static ContentKey KeyOf(ReadOnlySpan<byte> record) => ContentKey.Read(record);

    public static bool IsRecordIntact(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt32LittleEndian(record[ChecksumAt..]) == RecordChecksum(record);

    public static Span<byte> Payload(Span<byte> record) => record[PayloadAt..];

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> record) => record[PayloadAt..];

    private static uint RecordChecksum(ReadOnlySpan<byte> record) =>
        Crc32C.Append(Crc32C.Append(0, record[..ChecksumAt]), record[PayloadAt..]);
}
