using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Prints what the user should know about work that succeeded.</summary>
internal static class Warnings
{
    private const int MaxGroupsPrinted = 20;

    /// <summary>Prints how many images were left out for which reasons, the other warnings, and hints.</summary>
    /// <param name="host">Where to print.</param>
    /// <param name="isQuiet">Whether to leave out the hints.</param>
    /// <param name="skipped">The images that were left out.</param>
    /// <param name="notes">The other warnings, and the hints.</param>
    public static void Write(CommandHost host, bool isQuiet, IReadOnlyList<SkippedImageReport> skipped, Notes notes)
    {
        WriteSkipped(host.Error, SkippedGroup.Of(skipped), skipped.Count);
        foreach (string warning in notes.Warnings)
        {
            host.Error.WriteLine($"warning: {warning}");
        }

        foreach (string hint in isQuiet ? [] : notes.Hints)
        {
            host.Error.WriteLine($"hint: {hint}");
        }
    }

    private static void WriteSkipped(TextWriter writer, IReadOnlyList<SkippedGroup> groups, int count)
    {
        foreach (SkippedGroup group in groups.Take(MaxGroupsPrinted))
        {
            string which = group.Images.Count == 1 ? "" : $"{group.Images.Count} images, the first ";
            writer.WriteLine($"warning: left out {which}'{group.First.Path}': {group.First.Reason}");
        }

        if (groups.Count > MaxGroupsPrinted)
        {
            writer.WriteLine($"warning: and {groups.Skip(MaxGroupsPrinted).Sum(g => g.Images.Count)} more, for other reasons");
        }

        if (count > 0)
        {
            string all = groups.Any(g => g.Images.Count > 1) || groups.Count > MaxGroupsPrinted ? "; --json FILE lists all" : "";
            writer.WriteLine($"warning: {count} {(count == 1 ? "image was" : "images were")} left out{all}");
        }
    }
}
