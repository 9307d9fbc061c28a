namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Prints warnings about work that succeeded, with <c>--quiet</c> too.</summary>
internal static class Warnings
{
    private const int MaxImagesPrinted = 20;

    /// <summary>Names the first images that were left out, says how many there are, and prints the other warnings.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<SkippedImageReport> skipped, IEnumerable<string> others)
    {
        foreach (SkippedImageReport image in skipped.Take(MaxImagesPrinted))
        {
            writer.WriteLine($"warning: left out '{image.Path}': {image.Reason}");
        }

        if (skipped.Count > MaxImagesPrinted)
        {
            writer.WriteLine($"warning: and {skipped.Count - MaxImagesPrinted} more: --json FILE lists all");
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
