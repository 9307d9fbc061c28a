using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Files;

/// <summary>
/// Hints to the operating system about the memory in which it keeps the content of files. They change no content, and have no effect but
/// on 64-bit Linux. Thread-safe.
/// </summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;
    private const uint Write = 2;

    /// <summary>
    /// Starts to write a range of a file to the disk. Does not wait, so that an error of the disk is left for the flush that follows.
    /// </summary>
    public static void StartWriting(SafeFileHandle file, long offset, long length) =>
        Hint(() => sync_file_range(file, offset, length, Write));

    /// <summary>Gives the memory of a range back that is not read again. What is not on the disk yet stays.</summary>
    public static void Release(SafeFileHandle file, long offset, long length) =>
        Hint(() => posix_fadvise(file, offset, length, DontNeed));

    private static void Hint(Func<int> call)
    {
        // The numbers and the type of offsets are those of 64-bit Linux. A hint that a file system does not take is none.
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            try
            {
                call();
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // A library of C that does not have it.
            }
        }
    }

    [LibraryImport("libc")]
    private static partial int sync_file_range(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);
}
