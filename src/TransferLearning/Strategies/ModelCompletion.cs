using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Evaluation;
using TransferLearning.Models;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies;

/// <summary>
/// The last step of every strategy that trains: makes a model of heads, says how it was made, and lets it tell unknown images and remember
/// its classes. Serves one run.
/// </summary>
internal sealed class ModelCompletion(TransferSettings settings, Backbone backbone)
{
    /// <param name="head">What classifies.</param>
    /// <param name="classes">The classes, in its order.</param>
    /// <param name="detector">Tells unknown images; null where the model cannot.</param>
    /// <param name="calibration">The temperature that is part of the head, and what it changed.</param>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="trainImages">How many images it learned from, with labels of their own.</param>
    /// <param name="facts">What else is worth saying about how it was made.</param>
    public TransferModel Complete(
        CombinedHead head,
        IReadOnlyList<string> classes,
        OutOfDistributionDetector? detector,
        Calibration calibration,
        string strategy,
        int trainImages,
        params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["strategy"] = strategy,
            ["trainImages"] = Text(trainImages),
            ["seed"] = Text(settings.Seed),
            ["temperature"] = Text(calibration.Temperature),
            ["calibrationErrorBefore"] = Text(calibration.ErrorBefore),
            ["calibrationErrorAfter"] = Text(calibration.ErrorAfter),
        };
        foreach ((string name, string value) in facts)
        {
            all.Add(name, value);
        }

        var origin = new ModelOrigin { Backbone = backbone.Name, Created = settings.TimeProvider.GetUtcNow(), Facts = all };
        TransferModel model = head.ToModel(backbone, classes, origin).With(settings.Formats);
        return detector is null ? model : model.With(detector);
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(double number) => number.ToString("F4", CultureInfo.InvariantCulture);
}
