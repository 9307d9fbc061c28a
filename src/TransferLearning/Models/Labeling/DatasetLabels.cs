using System.Globalization;
using TransferLearning.Bottlenecks;

namespace TransferLearning.Models;

/// <summary>The labels that a model predicts for the images of a data set. Immutable.</summary>
/// <remarks>Thread-safe. Takes 4 bytes per image and class of the model for the probabilities; it does not keep the model alive.</remarks>
public sealed class DatasetLabels
{
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    internal DatasetLabels(IReadOnlyList<LabeledPrediction> images, IReadOnlyList<SkippedImage> skipped, LabelAgreement? agreement) =>
        (Images, Skipped, Agreement) = (images, skipped, agreement);

    /// <summary>The images that could be read and decoded, in the order of the data set.</summary>
    public IReadOnlyList<LabeledPrediction> Images { get; }

    /// <summary>The images left out because they cannot be read or decoded, each with the reason.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>How far the predicted labels agree with the data set's own; null where it has none that the model knows.</summary>
    public LabelAgreement? Agreement { get; }

    /// <summary>
    /// How many of the images compared for <see cref="Agreement"/> the model was trained on; null where there is no agreement, or where the
    /// model keeps no hashes of its training images.
    /// </summary>
    public TrainingOverlap? TrainingOverlap { get; internal init; }

    /// <summary>
    /// Writes one row per image with the columns <c>path,label,probability,class,actual</c>, then two columns for each further label. A
    /// cell whose value is not known is empty.
    /// </summary>
    /// <param name="writer">Receives the rows and decides how lines end; it is left open.</param>
    /// <param name="top">The number of labels per image, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="IOException">The rows cannot be written.</exception>
    public void WriteCsv(TextWriter writer, int top = 1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        IEnumerable<string> further = Enumerable.Range(2, top - 1).Select(i => $",label{i},probability{i}");
        writer.WriteLine($"path,label,probability,class,actual{string.Concat(further)}");
        foreach (LabeledPrediction image in Images)
        {
            IReadOnlyList<ScoredLabel> best = image.Prediction.Top(top);
            IEnumerable<string> cells =
            [
                image.Path, .. Cells(best[0]), image.Class ?? "", image.Actual ?? "", .. best.Skip(1).SelectMany(Cells),
            ];
            writer.WriteLine(string.Join(',', cells.Select(Quote)));
        }
    }

    private static string[] Cells(ScoredLabel label) => [label.Label, label.Probability.ToString("0.000000", CultureInfo.InvariantCulture)];

    private static string Quote(string cell) =>
        cell.IndexOfAny(Quoted) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
