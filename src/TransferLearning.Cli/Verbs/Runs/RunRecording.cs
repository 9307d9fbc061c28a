using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.History;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Files;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;

namespace TransferLearning.Cli.Verbs.Runs;

/// <summary>Adds a run to the history when it ends. A failure to write is a warning and changes nothing else.</summary>
/// <param name="host">The clock, and where the warning goes.</param>
/// <param name="parsed">The command line.</param>
internal sealed class RunRecording(CommandHost host, ParseResult parsed)
{
    private readonly long _began = host.Time.GetTimestamp();

    /// <param name="common">The history, and the data sets; nothing is written without a history.</param>
    /// <param name="model">The model that was trained or evaluated.</param>
    /// <param name="modelPath">Its file; null where it was not saved.</param>
    /// <param name="accuracy">Null where nothing was evaluated.</param>
    /// <param name="canceled">Whether the run was canceled.</param>
    public void Write(
        CommonSettings common, TransferModel model, string? modelPath, AccuracyFigure? accuracy, bool canceled = false)
    {
        if (common.History is not { } history)
        {
            return;
        }

        string verb = parsed.CommandResult.Command.Name;
        var run = new RunRecord
        {
            Time = host.Time.GetUtcNow(),
            Verb = verb,
            Command = CommandText.Again(parsed),
            Directory = Environment.CurrentDirectory,
            Data = common.Data.Paths,
            Backbone = model.Origin.Backbone,
            Strategy = model.Origin.Facts.GetValueOrDefault(FactNames.Strategy),
            Accuracy = accuracy?.Accuracy,
            AccuracyLower = accuracy?.Interval.Lower,
            AccuracyUpper = accuracy?.Interval.Upper,
            Images = accuracy?.Images,
            Model = modelPath is null or OutputFile.StandardOutput ? null : Path.GetFullPath(modelPath),
            Seconds = Math.Round(host.Time.GetElapsedTime(_began).TotalSeconds, 3),
            Canceled = canceled,
            Version = LibraryVersion.Text,
        };
        try
        {
            history.Append(run);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine(
                $"warning: the run is not in the history '{history.FilePath}': {Failure.Describe(exception)}; --no-history keeps none");
        }
    }
}
