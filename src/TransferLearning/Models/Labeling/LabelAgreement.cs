using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>How far the labels that a model predicts agree with those that a data set has. Immutable.</summary>
/// <remarks>Thread-safe. Takes 4 bytes for each pair of the data set's classes.</remarks>
public sealed record LabelAgreement
{
    /// <summary>The number of images compared: those with a label that a class of the model stands for.</summary>
    public required int Images { get; init; }

    /// <summary>The share of those images, 0..1, whose most probable class is that of their label.</summary>
    public required double Agreement { get; init; }

    /// <summary>
    /// The share of those images, 0..1, for which the class of their label is among the most probable ones
    /// (<see cref="LabelingOptions.Top"/>).
    /// </summary>
    public required double TopAgreement { get; init; }

    /// <summary>The data set's classes that no class of the model stands for; their images are not compared.</summary>
    public required IReadOnlyList<string> UnmatchedClasses { get; init; }

    /// <summary>
    /// The data set's classes in rows against the predicted ones in columns. The last class, <c>(other)</c>, stands for all classes of the
    /// model that the data set does not have.
    /// </summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>
    /// A confidence interval of <see cref="Agreement"/> for other images like these: the score interval (Wilson, "Probable inference, the
    /// law of succession, and statistical inference", 1927).
    /// </summary>
    /// <param name="level">The confidence, 0..1, both exclusive. Default: 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public ConfidenceInterval AgreementInterval(double level = 0.95) => ConfidenceInterval.OfShare(Agreement, Images, level);

    /// <summary>Compares predictions and labels; null where there is no image to compare.</summary>
    internal static LabelAgreement? Measure(
        IReadOnlyList<LabeledPrediction> images, IReadOnlyList<string> modelLabels, IReadOnlyList<string> classes, int[] match, int top)
    {
        var ofModel = modelLabels.Index().ToDictionary(l => l.Item, l => match[l.Index], StringComparer.Ordinal);
        var ofData = classes.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        HashSet<int> known = [.. match.Where(m => m >= 0)];
        int[] counts = new int[(classes.Count + 1) * (classes.Count + 1)];
        int compared = 0, agreeing = 0, agreeingInTop = 0;
        foreach (LabeledPrediction image in images)
        {
            if (image.Actual is null || !ofData.TryGetValue(image.Actual, out int actual) || !known.Contains(actual))
            {
                continue;
            }

            int predicted = ofModel[image.Prediction.Label];
            counts[(actual * (classes.Count + 1)) + (predicted >= 0 ? predicted : classes.Count)]++;
            compared++;
            agreeing += predicted == actual ? 1 : 0;
            agreeingInTop += image.Prediction.Top(top).Any(l => ofModel[l.Label] == actual) ? 1 : 0;
        }

        return compared == 0 ? null : new LabelAgreement
        {
            Images = compared,
            Agreement = (double)agreeing / compared,
            TopAgreement = (double)agreeingInTop / compared,
            UnmatchedClasses = [.. classes.Where((_, i) => !known.Contains(i))],
            Confusion = new ConfusionMatrix([.. classes, "(other)"], counts),
        };
    }
}
