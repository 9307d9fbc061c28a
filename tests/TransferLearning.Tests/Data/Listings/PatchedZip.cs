using System.Buffers.Binary;
using System.IO.Compression;

namespace TransferLearning.Tests.Data.Listings;

/// <summary>Zip files that .NET does not write: entries with any name, whose headers say what they should not.</summary>
internal sealed class PatchedZip
{
    private readonly byte[] _file;

    public PatchedZip(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream stream = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                stream.Write(content);
            }
        }

        _file = file.ToArray();
    }

    public byte[] ToArray() => [.. _file];

    /// <summary>Sets the flag of a password.</summary>
    public PatchedZip WithPassword(int entry) => Patch(entry, local: 6, central: 8, 1);

    /// <summary>Sets the compression method.</summary>
    public PatchedZip WithMethod(int entry, ushort method) => Patch(entry, local: 8, central: 10, method);

    /// <summary>Sets the length of the unpacked entry in the directory.</summary>
    public PatchedZip WithLength(int entry, uint length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_file.AsSpan(Central(entry) + 24), length);
        return this;
    }

    private PatchedZip Patch(int entry, int local, int central, ushort value)
    {
        Span<byte> file = _file;
        int header = Central(entry);
        int start = BinaryPrimitives.ReadInt32LittleEndian(file[(header + 42)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(file[(start + local)..], value);
        BinaryPrimitives.WriteUInt16LittleEndian(file[(header + central)..], value);
        return this;
    }

    private int Central(int entry)
    {
        int position = -1;
        for (int i = 0; i <= entry; i++)
        {
            position += 1 + _file.AsSpan(position + 1).IndexOf("PK\u0001\u0002"u8);
        }

        return position;
    }
}
