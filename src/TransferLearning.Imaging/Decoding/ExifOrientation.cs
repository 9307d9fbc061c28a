using System.Buffers.Binary;

namespace TransferLearning.Imaging.Decoding;

/// <summary>Finds the orientation tag (0x0112) in EXIF data, which is a TIFF header followed by directories.</summary>
internal static class ExifOrientation
{
    private const ushort OrientationTag = 0x0112;
    private const int EntrySize = 12;

    /// <summary>
    /// The orientation 1..8; 1 if the tag is missing or the data is invalid, as a wrong thumbnail must not spoil a photo.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return 1;
        }

        bool littleEndian = tiff[0] == 'I';
        uint directory = UInt32(tiff[4..], littleEndian);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        ReadOnlySpan<byte> entries = tiff[(int)directory..];
        ushort count = UInt16(entries, littleEndian);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= EntrySize; i++, entries = entries[EntrySize..])
        {
            if (UInt16(entries, littleEndian) == OrientationTag)
            {
                ushort value = UInt16(entries[8..], littleEndian);
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> data, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint UInt32(ReadOnlySpan<byte> data, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
