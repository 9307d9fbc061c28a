using TransferLearning.Cli.History;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;
using static System.FormattableString;

namespace TransferLearning.Cli.Reports.Runs;

/// <summary>Prints earlier runs, the newest last.</summary>
internal static class RunsSummary
{
    private static readonly string[] Columns = ["Time", "Verb", "Data", "Backbone", "Accuracy", "Images", "Seconds", "Model"];

    /// <param name="host">Where to print, and the time zone.</param>
    /// <param name="path">The file of the history.</param>
    /// <param name="runs">The runs, the oldest first.</param>
    public static void Write(CommandHost host, string path, IReadOnlyList<RunRecord> runs)
    {
        if (runs.Count == 0)
        {
            host.Output.WriteLine($"no runs in '{path}'");
            return;
        }

        ColumnTable.Write(host, Columns, [.. runs.Select(r => Row(r, host.Time.LocalTimeZone))]);
    }

    private static string[] Row(RunRecord run, TimeZoneInfo zone) =>
    [
        Invariant($"{TimeZoneInfo.ConvertTime(run.Time, zone):yyyy-MM-dd HH:mm}"),
        run.Canceled ? $"{run.Verb} (canceled)" : run.Verb,
        string.Join(", ", run.Data.Select(Name)),
        run.Backbone ?? "",
        run.Accuracy is { } accuracy ? Invariant($"{accuracy:0.000}") : "",
        run.Images is { } images ? Invariant($"{images}") : "",
        Invariant($"{run.Seconds:0.0}"),
        run.Model is { } model ? Name(model) : "",
    ];

    private static string Name(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } name ? name : path;
}
