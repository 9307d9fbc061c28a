namespace TransferLearning.Cli.Tests;

/// <summary>A few small images per class, without train/ and val/, for a test that changes them.</summary>
internal static class SmallData
{
    public const int ImagesPerClass = 8;

    public static async Task WriteAsync(string folder) =>
        (await CommandRun.WithAsync("sample-data", folder, "--images", $"{ImagesPerClass}", "--size", "64", "--quiet")).ShouldHaveEnded(0);
}
