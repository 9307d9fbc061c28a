using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Data.Sources;

/// <summary>
/// The content of a .gz file in a temporary file that is already deleted: it disappears with its last handle, even after a crash.
/// </summary>
internal static class UnpackedArchive
{
    public static (SafeFileHandle Handle, FileStream Stream) Create(string path)
    {
        string temporary = Path.GetTempFileName();
        try
        {
            using (FileStream packed = File.OpenRead(path))
            using (var unpacking = new GZipStream(packed, CompressionMode.Decompress))
            using (FileStream unpacked = File.OpenWrite(temporary))
            {
                unpacking.CopyTo(unpacked, 1 << 20);
            }

            // Windows deletes an open file only if asked to when it is opened; elsewhere, a name can be deleted while handles stay open.
            FileOptions removal = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
            const FileShare share = FileShare.Read | FileShare.Delete;
            SafeFileHandle handle = File.OpenHandle(temporary, share: share, options: FileOptions.RandomAccess | removal);
            return (handle, new FileStream(temporary, FileMode.Open, FileAccess.Read, share));
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(temporary);
            }
        }
    }
}
