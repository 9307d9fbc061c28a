using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Judges the model on labeled images. An image that cannot be used is left out and named in the result.</summary>
    /// <param name="data">The images, each with a label that is one of <see cref="Labels"/>. All of them are judged: of data that brings
    /// its own division, give the part that the model has not learned from.</param>
    /// <param name="progress">Is told the number of finished images; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TransferLearningException">An image has no label or one that the model does not know, or no image can be
    /// used.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public ModelEvaluation Evaluate(ImageDataset data, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Evaluate(data, Environment.ProcessorCount, progress, cancellationToken);

    /// <summary>Does the same on other threads than the caller's.</summary>
    /// <inheritdoc cref="Evaluate(ImageDataset, IProgress{int}?, CancellationToken)"/>
    public Task<ModelEvaluation> EvaluateAsync(
        ImageDataset data, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Evaluate(data, progress, cancellationToken), cancellationToken);

    /// <summary>Does the same on some threads of the model's own; the result does not depend on how many.</summary>
    internal ModelEvaluation Evaluate(ImageDataset data, int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireLabels(data);
        IReadOnlyList<ImagePrediction> predictions = PredictAll(data, threads, progress, cancellationToken);
        int[] used = [.. Enumerable.Range(0, data.Count).Where(i => predictions[i].Prediction is not null)];
        SkippedImage[] skipped = [.. predictions.Where(p => p.Error is not null).Select(p => new SkippedImage(p.Path, p.Error!))];
        if (used.Length == 0)
        {
            throw new TransferLearningException(
                $"none of the {data.Count} images of '{data.Name}' can be used; the first, '{skipped[0].Path}': {skipped[0].Reason}");
        }

        float[] probabilities = new float[used.Length * Labels.Count];
        for (int row = 0; row < used.Length; row++)
        {
            predictions[used[row]].Prediction!.Probabilities.CopyTo(probabilities.AsSpan(row * Labels.Count));
        }

        return new ModelEvaluation
        {
            Model = this,
            Judged = new EvaluatedImages(data.Select(used).WithLabels(Labels), probabilities),
            Skipped = skipped,
        };
    }

    private void RequireLabels(ImageDataset data)
    {
        int unlabeled = data.Images.Count(i => i.Label is null);
        if (unlabeled > 0 || data.Count == 0)
        {
            throw new TransferLearningException(
                $"'{data.Name}': {unlabeled} of {data.Count} images have no label: "
                + "expected a folder a class, or a manifest with a label in each row");
        }

        string[] unknown = [.. data.Images.Select(i => i.Label!).Distinct().Except(Labels).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            throw new TransferLearningException(
                $"'{data.Name}' has classes that the model does not know: {string.Join(", ", unknown)}. "
                + $"It knows: {string.Join(", ", Labels)}");
        }
    }
}
