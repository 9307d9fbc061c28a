using System.Security.Cryptography;

namespace TransferLearning.Backbones.Catalog;

/// <summary>The SHA-256 of files.</summary>
internal static class FileHash
{
    /// <summary>64 hexadecimal digits in lower case.</summary>
    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
    }
}
