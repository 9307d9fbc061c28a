using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>How far a model's labels agree with those that a data set has. Immutable.</summary>
public sealed record LabelAgreement
{
    /// <summary>The number of images judged: those whose class the model has too.</summary>
    public required int Images { get; init; }

    /// <summary>The share of those images whose most probable class is theirs, 0..1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The share of those images whose class is among the most probable ones (<see cref="LabelingOptions.Top"/>), 0..1.</summary>
    public required double TopAgreement { get; init; }

    /// <summary>The data set's classes that no class of the model means; their images are not judged.</summary>
    public required IReadOnlyList<string> UnmatchedClasses { get; init; }

    /// <summary>
    /// The data set's classes against the predicted ones; the last class, <c>(other)</c>, stands for all that the data set has not.
    /// </summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Null where no image can be judged.</summary>
    internal static LabelAgreement? Measure(
        IReadOnlyList<LabeledPrediction> images, IReadOnlyList<string> modelLabels, IReadOnlyList<string> classes, int[] match, int top)
    {
        var ofModel = modelLabels.Index().ToDictionary(l => l.Item, l => match[l.Index], StringComparer.Ordinal);
        var ofData = classes.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        HashSet<int> known = [.. match.Where(m => m >= 0)];
        int[] counts = new int[(classes.Count + 1) * (classes.Count + 1)];
        int judged = 0, right = 0, rightOfTop = 0;
        foreach (LabeledPrediction image in images)
        {
            if (image.Actual is null || !ofData.TryGetValue(image.Actual, out int actual) || !known.Contains(actual))
            {
                continue;
            }

            int predicted = ofModel[image.Prediction.Label];
            counts[(actual * (classes.Count + 1)) + (predicted >= 0 ? predicted : classes.Count)]++;
            judged++;
            right += predicted == actual ? 1 : 0;
            rightOfTop += image.Prediction.Top(top).Any(l => ofModel[l.Label] == actual) ? 1 : 0;
        }

        return judged == 0 ? null : new LabelAgreement
        {
            Images = judged,
            Agreement = (double)right / judged,
            TopAgreement = (double)rightOfTop / judged,
            UnmatchedClasses = [.. classes.Where((_, i) => !known.Contains(i))],
            Confusion = new ConfusionMatrix([.. classes, "(other)"], counts),
        };
    }
}
