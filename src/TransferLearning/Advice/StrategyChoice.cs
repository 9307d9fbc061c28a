using System.Globalization;

namespace TransferLearning.Advice;

/// <summary>Chooses a strategy by the number of images and the figures of the best backbone.</summary>
internal static class StrategyChoice
{
    // If a held-out fifth measures accuracy less precisely than this, it distinguishes good settings from bad ones only by chance.
    private const double MaxError = 0.02;
    private const double HeldOutShare = 0.2;

    // Below this similarity the features hardly separate the classes. With this many images, a small backbone trained on them learns better
    // features.
    private const double MinSimilarity = 0.2;
    private const int MinImagesForBackbone = 20_000;

    public static (RecommendedStrategy Strategy, string Reason) Choose(int labeled, int unlabeled, BackboneAdvice best)
    {
        // One success and one failure are added (Laplace's rule of succession): a perfect score on few images has an error as well.
        double heldOut = HeldOutShare * labeled, accuracy = ((best.Accuracy * heldOut) + 1) / (heldOut + 2);
        double error = Math.Sqrt(accuracy * (1 - accuracy) / heldOut);
        if (unlabeled >= labeled)
        {
            return (RecommendedStrategy.ParallelTraining, Text(
                $"{unlabeled} images have no label, {labeled} have one: a model of these can predict labels for parallel training"));
        }

        if (best.Similarity < MinSimilarity && labeled >= MinImagesForBackbone)
        {
            return (RecommendedStrategy.PreTraining, Text(
                $"{labeled} images, unlike what {best.Backbone.Name} was trained for (similarity {best.Similarity:0.00}): ")
                + Text($"train a backbone on them from random weights, or all stages of {best.Backbone.Name}, and take the better one"));
        }

        return error > MaxError
            ? (RecommendedStrategy.CrossValidation, Text(
                $"a held-out fifth of {labeled} images measures accuracy with an error of {100 * error:0.0} points: cross-validate"))
            : (RecommendedStrategy.FineTuning, Text(
                $"a held-out fifth of {labeled} images measures accuracy with an error of {100 * error:0.0} points: fine-tune"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
