namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Prints what the user should know though the work is done, even where quiet was asked for.</summary>
internal static class Warnings
{
    private const int ImagesNamed = 20;

    /// <summary>Names the images left out (the report has all of them where the screen has not) and counts them.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<SkippedImageReport> skipped, IEnumerable<string> others)
    {
        foreach (SkippedImageReport image in skipped.Take(ImagesNamed))
        {
            writer.WriteLine($"warning: left out '{image.Path}': {image.Reason}");
        }

        if (skipped.Count > ImagesNamed)
        {
            writer.WriteLine($"warning: and {skipped.Count - ImagesNamed} more, which --json FILE names");
        }

        if (skipped.Count > 0)
        {
            writer.WriteLine($"warning: {skipped.Count} {(skipped.Count == 1 ? "image was" : "images were")} left out");
        }

        foreach (string other in others)
        {
            writer.WriteLine($"warning: {other}");
        }
    }
}
