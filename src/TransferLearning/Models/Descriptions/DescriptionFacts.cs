using System.Globalization;
using TransferLearning.Evaluation;

namespace TransferLearning.Models.Descriptions;

/// <summary>Reads the facts of a model file, which may lack any of them. A fact that is no number is one that is not there.</summary>
internal static class DescriptionFacts
{
    public static ModelTraining Training(IReadOnlyDictionary<string, string> facts) => new()
    {
        Strategy = facts.GetValueOrDefault(FactNames.Strategy),
        Images = WholeNumber(facts, FactNames.TrainImages),
        PseudoLabeledImages = WholeNumber(facts, FactNames.PseudoLabeledImages),
        Trainer = facts.GetValueOrDefault(FactNames.Trainer),
        Epochs = WholeNumber(facts, FactNames.Epochs),
        BestEpoch = WholeNumber(facts, FactNames.BestEpoch),
        UnfrozenStages = facts.GetValueOrDefault(FactNames.TunedStages),
        Augmentation = facts.GetValueOrDefault(FactNames.Augmentation),
        Seed = WholeNumber(facts, FactNames.Seed),
    };

    public static ModelFigures Figures(IReadOnlyDictionary<string, string> facts, double? falseRejectRate)
    {
        var figures = new ModelFigures
        {
            CalibrationError = Number(facts, FactNames.CalibrationError),
            FalseRejectRate = falseRejectRate,
        };
        if (Number(facts, FactNames.ValidationAccuracy) is { } accuracy)
        {
            int? images = WholeNumber(facts, FactNames.ValidationImages);
            return figures with
            {
                Accuracy = accuracy,
                Images = images,
                AccuracyInterval = images >= 1 ? ConfidenceInterval.OfShare(accuracy, images.Value) : null,
            };
        }

        return (Number(facts, FactNames.Accuracy) ?? Number(facts, FactNames.MeanAccuracy)) is not { } pooled ? figures : figures with
        {
            Accuracy = pooled,
            Images = WholeNumber(facts, FactNames.TrainImages),
            Folds = WholeNumber(facts, FactNames.Folds),
            AccuracyInterval =
                Number(facts, FactNames.AccuracyLower) is { } lower && Number(facts, FactNames.AccuracyUpper) is { } upper
                    ? new ConfidenceInterval(lower, upper, 0.95)
                    : null,
        };
    }

    private static int? WholeNumber(IReadOnlyDictionary<string, string> facts, string name) =>
        int.TryParse(facts.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    // Shares only: whatever else a foreign file says is no figure.
    private static double? Number(IReadOnlyDictionary<string, string> facts, string name) =>
        double.TryParse(facts.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && number is >= 0 and <= 1
            ? number
            : null;
}
