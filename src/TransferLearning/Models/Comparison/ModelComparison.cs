using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Models;

/// <summary>Two models on the same labeled images. Immutable.</summary>
/// <remarks>
/// Thread-safe. It refers to the models but does not own them: disposing of them stays with the caller. Models with different classes are
/// compared on the images whose label both know; each predicts among all of its own classes.
/// </remarks>
public sealed record ModelComparison
{
    /// <summary>The first model, on the compared images.</summary>
    public required ModelEvaluation First { get; init; }

    /// <summary>The second model, on the same images.</summary>
    public required ModelEvaluation Second { get; init; }

    /// <summary>The number of images that were compared.</summary>
    public int Images => First.Metrics.Images;

    /// <summary>Whether the difference of the accuracies is more than chance.</summary>
    public required McNemarTest Test { get; init; }

    /// <summary>How much more accurate the second model is, -1..1.</summary>
    public double Difference => Second.Metrics.Accuracy - First.Metrics.Accuracy;

    /// <summary>
    /// The 95 % interval of <see cref="Difference"/> (Agresti and Min, "Simple improved confidence intervals for comparing matched
    /// proportions", 2005).
    /// </summary>
    public required ConfidenceInterval DifferenceInterval { get; init; }

    /// <summary>The classes of the compared images, in the order of the first model.</summary>
    public required IReadOnlyList<ComparedClass> Classes { get; init; }

    /// <summary>The images whose label differs, in the order of the data.</summary>
    public required IReadOnlyList<ChangedImage> Changed { get; init; }

    /// <summary>The classes that only the first model knows.</summary>
    public required IReadOnlyList<string> OnlyInFirst { get; init; }

    /// <summary>The classes that only the second model knows.</summary>
    public required IReadOnlyList<string> OnlyInSecond { get; init; }

    /// <summary>The number of labeled images that were left out because one of the models does not know their label.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The images left out because they cannot be read or decoded, each with the reason.</summary>
    public IReadOnlyList<SkippedImage> Skipped => First.Skipped;

    /// <summary>
    /// What the user should know although the result is complete: that a model was trained on some of the images, that the classes differ,
    /// and classes with fewer than ten images.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. new[]
        {
            Overlap("first", First), Overlap("second", Second), DifferentClasses, FewImages.OfClasses([First.Evaluated.Images]),
        }.OfType<string>(),
    ];

    private string? DifferentClasses => OnlyInFirst.Count + OnlyInSecond.Count == 0 ? null
        : $"the models have different classes (only the first: {Names(OnlyInFirst)}; only the second: {Names(OnlyInSecond)}): "
            + $"{LeftOut} images whose label only one of them knows were left out";

    /// <summary>Compares two models on labeled images. Blocks.</summary>
    /// <param name="first">The first model, such as the one in use.</param>
    /// <param name="second">The second model, such as a new one.</param>
    /// <param name="data">
    /// Images whose labels at least one of the models knows. All of them are used: of a data set that has a validation part of its own,
    /// pass only images that neither model was trained on.
    /// </param>
    /// <param name="progress">Receives the number of predictions so far, two for each image; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <remarks>Uses all processors. Costs one prediction per image and model.</remarks>
    /// <exception cref="TransferLearningException">
    /// The models have no class in common; an image has no label, or one that neither model knows; or no image can be compared.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">A model was disposed of.</exception>
    public static ModelComparison Of(
        TransferModel first,
        TransferModel second,
        ImageDataset data,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default) => Of(first, second, data, threads: 0, progress, cancellationToken);

    /// <summary>Compares with a number of threads, 0 for one per processor; the result does not depend on it.</summary>
    internal static ModelComparison Of(
        TransferModel first,
        TransferModel second,
        ImageDataset data,
        int threads,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(data);
        string[] common = [.. first.Labels.Intersect(second.Labels, StringComparer.Ordinal)];
        ImageDataset compared = Comparable(first, second, data, common);
        ModelEvaluation ofFirst = first.Evaluate(compared, threads, progress, cancellationToken);
        ModelEvaluation ofSecond = second.Evaluate(
            compared, threads, progress is null ? null : new LaterProgress(progress, compared.Count), cancellationToken);
        return Of(ofFirst, ofSecond, common, data.Count - compared.Count);
    }

    private static ModelComparison Of(ModelEvaluation first, ModelEvaluation second, string[] common, int leftOut)
    {
        // Both read the same files; one that can be read once and not again would shift the rows of one of them.
        ImageDataset images = first.Evaluated.Images, others = second.Evaluated.Images;
        if (!images.Images.Select(i => i.Path).SequenceEqual(others.Images.Select(i => i.Path), StringComparer.Ordinal))
        {
            throw new TransferLearningException(
                $"the images of '{images.Name}' changed while they were compared: leave them alone, and compare again");
        }

        int[] all = [.. Enumerable.Range(0, images.Count)];
        ScoredLabel[] byFirst = [.. all.Select(i => Best(first.Evaluated, i))], bySecond = [.. all.Select(i => Best(second.Evaluated, i))];
        string[] labels = [.. images.Images.Select(i => i.Label!)];
        bool[] isFirstRight = [.. all.Select(i => byFirst[i].Label == labels[i])];
        bool[] isSecondRight = [.. all.Select(i => bySecond[i].Label == labels[i])];
        int onlyFirst = all.Count(i => isFirstRight[i] && !isSecondRight[i]);
        int onlySecond = all.Count(i => isSecondRight[i] && !isFirstRight[i]);
        return new ModelComparison
        {
            First = first,
            Second = second,
            Test = McNemarTest.Of(onlyFirst, onlySecond),
            DifferenceInterval = ConfidenceInterval.OfPairedDifference(onlySecond, onlyFirst, images.Count),
            Classes =
            [
                .. from name in common
                   let ofClass = all.Where(i => labels[i] == name).ToArray()
                   where ofClass.Length > 0
                   select new ComparedClass(
                       name,
                       ofClass.Length,
                       (double)ofClass.Count(i => isFirstRight[i]) / ofClass.Length,
                       (double)ofClass.Count(i => isSecondRight[i]) / ofClass.Length),
            ],
            Changed =
            [
                .. all.Where(i => byFirst[i].Label != bySecond[i].Label)
                    .Select(i => new ChangedImage(images.Images[i].Path, labels[i], byFirst[i], bySecond[i])),
            ],
            OnlyInFirst = [.. first.Model.Labels.Except(common, StringComparer.Ordinal)],
            OnlyInSecond = [.. second.Model.Labels.Except(common, StringComparer.Ordinal)],
            LeftOut = leftOut,
        };
    }

    private static ImageDataset Comparable(TransferModel first, TransferModel second, ImageDataset data, string[] common)
    {
        if (common.Length == 0)
        {
            throw new TransferLearningException(
                $"the models have no class in common: the first has {Names(first.Labels)}, the second {Names(second.Labels)}");
        }

        // A label that neither knows is a mistake in the data, such as another folder; Evaluate names it.
        HashSet<string> known = [.. common], ofOne = [.. first.Labels.Union(second.Labels).Except(common)];
        int[] compared = [.. Enumerable.Range(0, data.Count).Where(i => data.Images[i].Label is not { } label || !ofOne.Contains(label))];
        return compared.Any(i => data.Images[i].Label is not { } label || known.Contains(label)) || data.Count == 0
            ? data.Select(compared)
            : throw new TransferLearningException(
                $"'{data.Name}' has no image of a class that both models know: {Names(common)}");
    }

    private static ScoredLabel Best(EvaluatedImages evaluated, int image)
    {
        int best = evaluated.Predicted(image);
        return new ScoredLabel(evaluated.Images.Labels[best], evaluated.Row(image)[best]);
    }

    private static string? Overlap(string which, ModelEvaluation evaluation) => evaluation.TrainingOverlap is not { Found: > 0 } overlap
        ? null
        : $"{overlap.Found} of {overlap.Compared} images were in the training data of the {which} model: its accuracy says nothing about "
            + "new photos, and the comparison favors it";

    private static string Names(IReadOnlyList<string> labels) =>
        labels.Count == 0 ? "none" : string.Join(", ", labels.Take(20)) + (labels.Count > 20 ? $" and {labels.Count - 20} more" : "");

    private sealed class LaterProgress(IProgress<int> progress, int before) : IProgress<int>
    {
        public void Report(int value) => progress.Report(before + value);
    }
}
