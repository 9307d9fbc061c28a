namespace TransferLearning.Files;

/// <summary>Asks the operating system for free space.</summary>
internal static class DiskSpace
{
    /// <summary>The free bytes of the disk that holds a folder; null where they are not known, such as on a network share.</summary>
    public static long? Free(string folder)
    {
        try
        {
            // Windows knows drives; elsewhere, any folder stands for the disk that it is on.
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
