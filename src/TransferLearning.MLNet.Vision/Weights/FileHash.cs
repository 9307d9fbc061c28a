using System.Security.Cryptography;

namespace TransferLearning.MLNet.Vision.Weights;

/// <summary>The SHA-256 of a file, and the small file beside it that keeps the expected one.</summary>
internal static class FileHash
{
    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static bool IsDigits(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    /// <exception cref="ArgumentException">The text is not a hash.</exception>
    public static void CheckDigits(string? sha256)
    {
        if (sha256 is not null && !IsDigits(sha256))
        {
            throw new ArgumentException($"'{sha256}' is not a SHA-256: expected 64 hexadecimal digits", nameof(sha256));
        }
    }

    /// <summary>The hash kept beside a file; null where there is none.</summary>
    public static string? ReadBeside(string path)
    {
        string beside = Beside(path);
        return File.Exists(beside) && File.ReadAllText(beside).Trim() is var text && IsDigits(text) ? text : null;
    }

    public static void WriteBeside(string path, string sha256) => File.WriteAllText(Beside(path), sha256 + "\n");

    private static string Beside(string path) => path + ".sha256";
}
