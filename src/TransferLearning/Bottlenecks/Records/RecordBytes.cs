using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Bottlenecks.Records;

/// <summary>Opens and reads files of records without a position that threads would have to share.</summary>
internal static class RecordBytes
{
    /// <summary>Opens a file that others may write, replace and delete at the same time.</summary>
    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Fills the bytes from an offset; false where the file ends before.</summary>
    public static bool TryRead(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            bytes = bytes[read..];
        }

        return true;
    }
}
