using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Strategies.Progress;
using static System.FormattableString;

namespace TransferLearning;

/// <summary>Ready-made receivers of a pipeline's progress.</summary>
/// <remarks>Thread-safe.</remarks>
public static class TrainingProgress
{
    /// <summary>
    /// Writes the progress as lines: one when a stage begins, at most one for each tenth of it, and one for each epoch of the training of a
    /// network, with loss and accuracy.
    /// </summary>
    /// <param name="writer">
    /// Where the lines go, such as <c>Console.Out</c> or <c>Console.Error</c>. Only one thread at a time writes; the writer is not flushed.
    /// </param>
    /// <returns>The receiver, for one run.</returns>
    /// <example><code>
    /// FineTuningResult result = await TransferPipeline.FineTune("photos/").FitAsync(TrainingProgress.To(Console.Error));
    /// </code></example>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public static IProgress<TransferProgress> To(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new Selection(value => writer.WriteLine(Line(value)));
    }

    /// <summary>
    /// Passes on the reports that are worth a line: one when a stage begins, at most one for each tenth of it, and one for each epoch of
    /// the training of a network.
    /// </summary>
    /// <param name="report">Gets the reports, one at a time. The work waits for it.</param>
    /// <returns>The receiver, for one run.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static IProgress<TransferProgress> To(Action<TransferProgress> report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Selection(report);
    }

    private static string Line(TransferProgress value)
    {
        string count = value.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" {value.Done}/{value.Total}") : "";
        return $"{Stage(value.Stage)} ({value.Data}){count}{(value.Epoch is { } epoch ? Figures(epoch) : "")}";
    }

    private static string Figures(EpochProgress epoch) =>
        Invariant($", loss {epoch.TrainingLoss:0.000}{EpochAccuracy.Describe(epoch)}");

    private static string Stage(TransferStage stage) => stage switch
    {
        TransferStage.Extracting => "Extracting features",
        TransferStage.Training => "Training",
        TransferStage.CrossValidating => "Cross-validating",
        TransferStage.Reading => "Reading images",
        TransferStage.TrainingNetwork => "Training the network",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "every stage has a name"),
    };

    private sealed class Selection(Action<TransferProgress> report) : IProgress<TransferProgress>
    {
        private const int ReportsPerStage = 10;

        private readonly Lock _gate = new();
        private (TransferStage Stage, string Data)? _current;
        private int _shown;

        public void Report(TransferProgress value)
        {
            lock (_gate)
            {
                if (_current != (value.Stage, value.Data))
                {
                    (_current, _shown) = ((value.Stage, value.Data), -1);
                }

                int tenth = value.Total > 0 ? (int)((long)value.Done * ReportsPerStage / value.Total) : 0;
                bool isEpochOfNetwork = value is { Stage: TransferStage.TrainingNetwork, Epoch: not null };
                if (tenth > _shown || isEpochOfNetwork)
                {
                    _shown = Math.Max(tenth, _shown);
                    report(value);
                }
            }
        }
    }
}
