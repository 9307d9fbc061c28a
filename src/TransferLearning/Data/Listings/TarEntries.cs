using System.Globalization;
using System.Text;

namespace TransferLearning.Data.Listings;

/// <summary>
/// Reads the headers of a .tar archive, with the long names and sizes of pax and GNU. .NET's own reader takes as much memory for an
/// extended header as it says to have.
/// </summary>
internal static class TarEntries
{
    // Of names and attributes: file systems allow a few thousand bytes.
    private const int MaxMetadata = 1 << 20;

    /// <summary>Reads all entries but those that only describe others.</summary>
    /// <exception cref="InvalidDataException">A header is damaged, or the archive ends within an entry.</exception>
    public static IEnumerable<TarEntry> Read(FileStream stream)
    {
        byte[] block = new byte[TarHeader.BlockSize];
        var extended = new ExtendedHeader();
        string previous = "";
        for (long position = 0L; position + block.Length <= stream.Length;)
        {
            stream.Position = position;
            stream.ReadExactly(block);
            position += block.Length;
            if (new TarHeader(block).IsEnd)
            {
                yield break;
            }

            TarEntry entry = Entry(block, position, extended, previous);
            if (entry.Offset + entry.Length > stream.Length)
            {
                throw new InvalidDataException(
                    $"it ends within '{entry.Name}', which says to have {Text(entry.Length)} bytes; the archive is damaged or cut short");
            }

            if (entry.Type is 'x' or 'g' or 'L' or 'K')
            {
                extended.Read(entry.Type, Metadata(stream, entry));
            }
            else
            {
                extended.Clear();
                previous = entry.Name;
                yield return entry;
            }

            position += (entry.Length + TarHeader.BlockSize - 1) / TarHeader.BlockSize * TarHeader.BlockSize;
        }
    }

    private static TarEntry Entry(byte[] block, long offset, ExtendedHeader extended, string previous)
    {
        var header = new TarHeader(block);
        if (!header.IsValid)
        {
            throw new InvalidDataException(previous.Length == 0
                ? "it is no tar archive, or its first entry is damaged"
                : $"the entry after '{previous}', at byte {Text(offset - block.Length)}, is damaged");
        }

        bool isMetadata = header.Type is 'x' or 'g' or 'L' or 'K';
        string name = isMetadata ? header.Name : extended.Name ?? header.Name;
        long length = isMetadata ? header.Length : extended.Length ?? header.Length;
        if (length < 0 || length > long.MaxValue - TarHeader.BlockSize - offset)
        {
            throw new InvalidDataException($"the entry '{name}' has the size {Text(length)}, which cannot be");
        }

        // Links, folders and devices have no content, whatever size they state.
        bool hasContent = header.Type is not ('1' or '2' or '3' or '4' or '5' or '6');
        return new TarEntry(name, header.Type, extended.LinkName ?? header.LinkName, offset, hasContent ? length : 0);
    }

    private static byte[] Metadata(FileStream stream, TarEntry entry)
    {
        if (entry.Length > MaxMetadata)
        {
            throw new InvalidDataException($"the names and attributes at byte {Text(entry.Offset)} have {Text(entry.Length)} bytes");
        }

        byte[] content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What extended headers say of the entry that follows.</summary>
    private sealed class ExtendedHeader
    {
        public string? Name { get; private set; }

        public string? LinkName { get; private set; }

        public long? Length { get; private set; }

        public void Clear() => (Name, LinkName, Length) = (null, null, null);

        public void Read(char type, ReadOnlySpan<byte> content)
        {
            switch (type)
            {
                case 'L':
                    Name = TarHeader.Text(content);
                    break;
                case 'K':
                    LinkName = TarHeader.Text(content);
                    break;
                case 'x':
                    ReadRecords(content);
                    break;
                case 'g':
                    // Attributes of all entries that follow, such as a comment: none that tells where a file is.
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(type), type, "an extended header is x, g, L or K");
            }
        }

        // Each record is its length in decimal digits, a space, the key, '=', the value and a line feed.
        private void ReadRecords(ReadOnlySpan<byte> content)
        {
            while (!content.IsEmpty)
            {
                int space = content.IndexOf((byte)' ');
                if (space < 1 || !int.TryParse(content[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                    || length <= space + 1 || length > content.Length)
                {
                    throw new InvalidDataException("an extended header is damaged");
                }

                string record = Encoding.UTF8.GetString(content[(space + 1)..length]).TrimEnd('\n');
                int equals = record.IndexOf('=', StringComparison.Ordinal);
                Set(equals < 0 ? record : record[..equals], equals < 0 ? "" : record[(equals + 1)..]);
                content = content[length..];
            }
        }

        private void Set(string key, string value)
        {
            switch (key)
            {
                case "path":
                    Name = value;
                    break;
                case "linkpath":
                    LinkName = value;
                    break;
                case "size":
                    Length = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long length)
                        ? length
                        : -1;
                    break;
                default:
                    // Times, owners and the like.
                    break;
            }
        }
    }
}
