using System.Text;

namespace TransferLearning.Tests.Data.Listings;

/// <summary>Tar files byte by byte.</summary>
internal static class HandmadeTar
{
    private const int Block = 512;

    /// <summary>An entry with a length that may differ from that of its content.</summary>
    public static byte[] Entry(string name, byte[] content, char type = '0', byte[]? size = null, string linkName = "", bool ustar = true)
    {
        byte[] header = new byte[Block];
        Encoding.UTF8.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        (size ?? Octal(content.Length)).CopyTo(header, 124);
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(linkName).CopyTo(header, 157);
        if (ustar)
        {
            "ustar\000"u8.CopyTo(header.AsSpan(257));
        }

        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        return [.. header, .. content, .. new byte[(Block - (content.Length % Block)) % Block]];
    }

    public static byte[] Octal(long length) => Encoding.ASCII.GetBytes(Convert.ToString(length, 8).PadLeft(11, '0') + "\0");

    /// <summary>A length as a binary number, as GNU writes those that octal digits cannot hold.</summary>
    public static byte[] Binary(long length) =>
    [
        length < 0 ? (byte)0xFF : (byte)0x80, .. Enumerable.Repeat(length < 0 ? (byte)0xFF : (byte)0, 3),
        .. BitConverter.GetBytes(length).Reverse(),
    ];

    /// <summary>An extended header of pax.</summary>
    public static byte[] Pax(params string[] records) =>
        Entry("PaxHeader", [.. records.SelectMany(r => Encoding.UTF8.GetBytes(Record(r)))], 'x');

    /// <summary>The blocks that end an archive.</summary>
    public static byte[] End() => new byte[2 * Block];

    private static string Record(string text)
    {
        int content = Encoding.UTF8.GetByteCount(text) + 2;
        int length = content + (content + 2).ToString().Length;
        return $"{length} {text}\n";
    }
}
