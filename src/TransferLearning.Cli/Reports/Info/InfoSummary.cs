using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Files;
using static System.FormattableString;

namespace TransferLearning.Cli.Reports.Info;

/// <summary>Prints what a model says of itself.</summary>
internal static class InfoSummary
{
    private const string NotRecorded = "not recorded";
    private const int MaxLabels = 20;

    public static void Write(CommandHost host, InfoReport report)
    {
        InfoPreprocessingReport input = report.Preprocessing;
        InfoTrainingReport training = report.Training;
        new FigureTable()
            .Add("Model", report.Path)
            .Add("Size", Invariant($"{report.Bytes / 1e6:0.00} MB"))
            .Add("Labels", Labels(report.Labels))
            .Add("Backbone", report.Backbone ?? NotRecorded)
            .Add("Fingerprint of the backbone", report.BackboneFingerprint ?? NotRecorded)
            .Add("Features", report.Features is { } features ? Text(features) : "of the network's own classifier")
            .Add("Input", Invariant($"{input.Width} x {input.Height} pixels, {input.Channels.ToUpperInvariant()}, '{input.Input}'"))
            .Add("Resize", Resize(input))
            .Add("Mean of 0..255", string.Join(", ", input.Mean.Select(v => Invariant($"{v}"))))
            .Add("Scale", string.Join(", ", input.Scale.Select(v => Invariant($"{v}"))))
            .Add("Strategy", training.Strategy ?? NotRecorded)
            .Add("Training images", Images(training))
            .Add("Trainer", training.Trainer ?? NotRecorded)
            .Add("Epochs", training.Epochs is { } epochs ? Invariant($"{epochs}, the best is {Text(training.BestEpoch)}") : NotRecorded)
            .Add("Unfrozen stages", training.UnfrozenStages ?? "none")
            .Add("Augmentation", training.Augmentation ?? "none")
            .Add("Seed", Text(training.Seed))
            .Add(report.Folds is { } folds ? $"Accuracy over {folds} folds" : "Accuracy on validation images", Accuracy(report))
            .Add("Calibration error", report.CalibrationError is { } error ? Invariant($"{error:0.000}") : NotRecorded)
            .Add(
                "Unknown images",
                report.DetectsUnknown ? Invariant($"detected, false rejects {report.FalseRejectRate:0.000}") : "not detected")
            .Add("Training hashes", report.TrainingHashes is { } hashes ? Text(hashes) : "none")
            .Add("Weights", Invariant($"{report.Weights.Count:#,0}, stored as {report.Weights.Type ?? NotRecorded}"))
            .Add("License of the weights", report.Weights.License ?? NotRecorded)
            .Add("Made", report.Created is { } created ? Invariant($"{created:yyyy-MM-dd HH:mm zzz}") : NotRecorded)
            .Add("Made by", $"TransferLearning {report.LibraryVersion ?? NotRecorded}")
            .Add("Model version", report.FormatVersion)
            .WriteTo(host);
    }

    private static string Labels(IReadOnlyList<string> labels)
    {
        string more = labels.Count > MaxLabels ? $" and {labels.Count - MaxLabels} more (--json lists all)" : "";
        return $"{labels.Count}: {string.Join(", ", labels.Take(MaxLabels))}{more}";
    }

    private static string Resize(InfoPreprocessingReport input) =>
        Invariant($"{input.Resize}, {input.Interpolation}{(input.Crop < 1 ? $", central {100 * input.Crop:0.#} % of each side" : "")}");

    private static string Images(InfoTrainingReport training)
    {
        string predicted = training.PseudoLabeledImages is > 0 and { } count ? Invariant($", and {count:#,0} with predicted labels") : "";
        return $"{Text(training.Images)}{predicted}";
    }

    private static string Accuracy(InfoReport report)
    {
        if (report.Accuracy is not { } accuracy)
        {
            return NotRecorded;
        }

        string interval = report.AccuracyInterval is { } known ? $"95%: {known}, " : "";
        return Invariant($"{accuracy:0.000} ({interval}{Text(report.AccuracyImages)} images)");
    }

    private static string Text(int? number) => number is { } value ? Invariant($"{value:#,0}") : NotRecorded;
}
