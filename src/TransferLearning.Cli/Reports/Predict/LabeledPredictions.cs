using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Predict;

/// <summary>How predictions agree with the labels of the images, where options say that the data has labels.</summary>
/// <param name="Accuracy">Over the images whose labels the model knows.</param>
/// <param name="Overlap">How many of these the model was trained on; null where the model does not keep them.</param>
internal sealed record LabeledPredictions(AccuracyFigure Accuracy, TrainingOverlap? Overlap)
{
    /// <summary>Null where no image that can be read has a label that the model knows.</summary>
    public static LabeledPredictions? Of(TransferModel model, ImageDataset images, IReadOnlyList<ImagePrediction> results)
    {
        HashSet<string> known = [.. model.Labels];
        int[] labeled =
        [
            .. Enumerable.Range(0, images.Count).Where(i =>
                results[i].Prediction is not null && images.Images[i].Label is { } label && known.Contains(label)),
        ];
        if (labeled.Length == 0)
        {
            return null;
        }

        int right = labeled.Count(i => results[i].Prediction!.Label == images.Images[i].Label);
        return new LabeledPredictions(
            AccuracyFigure.Of((double)right / labeled.Length, labeled.Length), model.FindTrainingImages(images.Select(labeled)));
    }
}
