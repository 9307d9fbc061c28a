using TransferLearning.Tests;

namespace TransferLearning.Hosting.Tests;

/// <summary>The bytes of real photos.</summary>
internal static class Photos
{
    public static byte[][] Take(int count) => [.. SharedData.Photos(count).Select(File.ReadAllBytes)];

    public static MemoryStream Open(byte[] photo) => new(photo, writable: false);
}
