using System.Globalization;
using TransferLearning.Bottlenecks;

namespace TransferLearning.Cli.Progress;

/// <summary>
/// Tells once per data set when its extraction will take more than two minutes, at the start, when there is still much to save.
/// </summary>
/// <param name="faster">What makes it faster, as a clause; null where nothing is known to.</param>
internal sealed class LongExtraction(string? faster)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _estimated = new(StringComparer.Ordinal);

    /// <summary>The text to show; null for none.</summary>
    /// <param name="stage">What is done, such as <c>Extracting bottlenecks of photos</c>.</param>
    /// <param name="progress">How far it is.</param>
    public string? Note(string stage, ExtractionProgress progress)
    {
        lock (_gate)
        {
            return progress.Remaining is { } remaining && _estimated.Add(stage) && remaining > Limit
                ? $"{stage} will take about {Text(remaining)}{(faster is null ? "" : $"; {faster}")}"
                : null;
        }
    }

    private static string Text(TimeSpan time) => time < TimeSpan.FromMinutes(90)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMinutes):0} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} hours");
}
