using System.Text;

namespace TransferLearning.Models.Labeling;

/// <summary>Reads text files that must be UTF-8.</summary>
internal static class Utf8File
{
    /// <summary>The whole text, without a byte order mark.</summary>
    /// <exception cref="TransferLearningException">The file cannot be read, or is not UTF-8.</exception>
    public static string Read(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TransferLearningException($"'{path}' cannot be read as a text file in UTF-8: {e.Message}", e);
        }
    }
}
