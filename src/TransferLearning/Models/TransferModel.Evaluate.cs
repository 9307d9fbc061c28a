using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Errors;
using TransferLearning.Evaluation;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Evaluates the model on labeled images. Blocks.</summary>
    /// <param name="data">
    /// Images whose labels are among <see cref="Labels"/>. All of them are used: of a data set that has a validation part of its own, pass
    /// only the images that the model was not trained on.
    /// </param>
    /// <param name="progress">Receives the number of images finished so far; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>
    /// The predictions for the images that can be read and decoded, and the metrics over them; the others are in
    /// <see cref="ModelEvaluation.Skipped"/>.
    /// </returns>
    /// <remarks>Uses all processors. Costs one prediction per image.</remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// ModelEvaluation evaluation = model.Evaluate(ImageDataset.Open("photos-large/"));
    /// Console.WriteLine($"accuracy {evaluation.Metrics.Accuracy:P1}, macro F1 {evaluation.Metrics.MacroF1:0.000}");
    /// </code></example>
    /// <exception cref="TransferLearningException">
    /// An image has no label, or one that is none of the model's; or no image can be read and decoded.
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public ModelEvaluation Evaluate(ImageDataset data, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Evaluate(data, threads: 0, progress, cancellationToken);

    /// <summary>
    /// Asynchronous counterpart of <see cref="Evaluate(ImageDataset, IProgress{int}?, CancellationToken)"/>; runs on the thread pool.
    /// </summary>
    /// <inheritdoc cref="Evaluate(ImageDataset, IProgress{int}?, CancellationToken)"/>
    public Task<ModelEvaluation> EvaluateAsync(
        ImageDataset data, IProgress<int>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Evaluate(data, progress, cancellationToken), cancellationToken);

    /// <summary>Evaluates with a number of threads, 0 for one per processor; the result does not depend on it.</summary>
    internal ModelEvaluation Evaluate(ImageDataset data, int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireLabels(data);
        IReadOnlyList<ImagePrediction> predictions = PredictAll(data, threads, KeepsTrainingHashes, progress, cancellationToken);
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

        ImageDataset images = data.Select(used).WithLabels(Labels);
        return new ModelEvaluation
        {
            Model = this,
            Evaluated = new EvaluatedImages(images, probabilities),
            TrainingOverlap = FindTrainingImages(images),
            UnknownImages = FalseRejectRate is null ? null : used.Count(i => predictions[i].Prediction!.IsUnknown),
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
                + "expected one folder per class, or a manifest with a label in each row");
        }

        string[] unknown = [.. data.Images.Select(i => i.Label!).Distinct().Except(Labels).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            throw new TransferLearningException(
                $"'{data.Name}' has classes that the model does not know: {string.Join(", ", unknown)}. "
                + $"It knows: {string.Join(", ", Labels)}{(unknown.Length == 1 ? NearestName.Question(unknown[0], Labels) : "")}");
        }
    }
}
