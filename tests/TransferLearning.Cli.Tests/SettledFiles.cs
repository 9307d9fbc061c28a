namespace TransferLearning.Cli.Tests;

/// <summary>
/// Makes the images of a folder a minute old. One that has just changed might change again, so the cache does not keep its hash yet.
/// </summary>
internal static class SettledFiles
{
    /// <summary>Returns the number of images.</summary>
    public static int Age(string folder)
    {
        string[] images = Directory.GetFiles(folder, "*.jpg", SearchOption.AllDirectories);
        foreach (string image in images)
        {
            File.SetLastWriteTimeUtc(image, DateTime.UtcNow.AddMinutes(-1));
        }

        return images.Length;
    }
}
