using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Compatibility.Tests;

/// <summary>
/// What a model says about the probe images: a probability per class, and where it tells images of none of its classes, the score of that.
/// </summary>
internal static class ExpectedPredictions
{
    private const string UnknownColumn = "(unknown)";

    /// <summary>The file of a model's predictions, beside the model.</summary>
    public static string PathOf(string modelPath) => Path.ChangeExtension(modelPath, ".tsv");

    public static ExpectedValues Of(TransferModel model)
    {
        var values = new ExpectedValues(Columns(model));
        foreach (LabeledImage image in FormatsFolder.Probes.Images)
        {
            values.Add(FormatsFolder.NameOf(image), Row(model.Predict(image.Path)));
        }

        return values;
    }

    /// <summary>The labels in the order of the probabilities, and the score where there is one.</summary>
    public static IReadOnlyList<string> Columns(TransferModel model) =>
        model.FalseRejectRate is null ? model.Labels : [.. model.Labels, UnknownColumn];

    /// <summary>The values under <see cref="Columns"/>.</summary>
    public static float[] Row(Prediction prediction) =>
        prediction.UnknownScore is { } score ? [.. prediction.Probabilities, score] : prediction.Probabilities.ToArray();
}
