using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Data.Sources;

/// <summary>
/// The content of a .gz file in a temporary file whose name is deleted before it has content: it disappears with its last handle, even
/// where the process is killed while it unpacks.
/// </summary>
internal static class UnpackedArchive
{
    private const int PartLength = 1 << 20;
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    // What is left of the temporary folder for others; looked at after each of these steps.
    private const long MinFreeSpace = 512L << 20;
    private const long StepBetweenLooks = 64L << 20;

    /// <summary>Unpacks a file.</summary>
    /// <param name="path">The .gz file.</param>
    /// <param name="folder">The folder of the temporary file.</param>
    /// <param name="check">Receives the number of bytes that are unpacked so far, and throws to stop.</param>
    /// <exception cref="TransferLearningException">The temporary folder is nearly full.</exception>
    public static (SafeFileHandle Handle, FileStream Stream) Create(string path, string folder, Action<long> check)
    {
        using FileStream packed = File.OpenRead(path);
        string temporary = Path.Combine(folder, $"transferlearning-{Path.GetRandomFileName()}");
        using FileStream unpacked = OpenNew(temporary);
        SafeFileHandle? handle = null;
        FileStream? stream = null;
        try
        {
            handle = File.OpenHandle(temporary, share: Share, options: FileOptions.RandomAccess);
            stream = new FileStream(temporary, FileMode.Open, FileAccess.Read, Share);
            if (!OperatingSystem.IsWindows())
            {
                // Before it has any content. Windows deletes an open file only if asked to when it is opened.
                File.Delete(temporary);
            }

            Unpack(path, packed, unpacked, folder, check);
            return (handle, stream);
        }
        catch
        {
            handle?.Dispose();
            stream?.Dispose();
            throw;
        }
    }

    private static void Unpack(string path, FileStream packed, FileStream unpacked, string folder, Action<long> check)
    {
        using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        byte[] part = new byte[PartLength];
        long looked = 0L;
        for (int read = unpacking.Read(part); read > 0; read = unpacking.Read(part))
        {
            check(unpacked.Length + read);
            if (unpacked.Length - looked >= StepBetweenLooks)
            {
                looked = unpacked.Length;
                RequireSpace(path, folder);
            }

            unpacked.Write(part, 0, read);
        }
    }

    // For this user only, as other temporary files.
    private static FileStream OpenNew(string temporary)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = Share };
        if (OperatingSystem.IsWindows())
        {
            options.Options = FileOptions.DeleteOnClose;
        }
        else
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(temporary, options);
    }

    private static void RequireSpace(string path, string folder)
    {
        long free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        if (free < MinFreeSpace)
        {
            throw new TransferLearningException(
                $"the archive '{path}' is unpacked to the temporary folder '{folder}', which has only {free >> 20} MiB left: set the "
                + $"environment variable {(OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR")} to a folder with more, "
                + "or unpack the archive and give the folder");
        }
    }
}
