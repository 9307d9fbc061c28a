using System.Text;

namespace TransferLearning.Files;

/// <summary>
/// Small files that several processes may write without a lock, which a file system that machines share might not have: each is written
/// under a name of its own and then moved into place, so that the last one stays, whole.
/// </summary>
internal static class UnlockedFile
{
    private const int TokenLength = 12;

    /// <summary>A random mark for a file of one process.</summary>
    public static string NewToken() => Guid.NewGuid().ToString("N")[..TokenLength];

    /// <summary>Writes a file. On failure, an old file stays as it was.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="temporaryExtension">
    /// The temporary file is named after the file, a random mark and this extension. A process that is killed leaves it.
    /// </param>
    /// <param name="text">The content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Write(string path, string temporaryExtension, string text)
    {
        string temporary = $"{path}.{NewToken()}{temporaryExtension}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
