using System.Globalization;

namespace TransferLearning.Advice;

/// <summary>Chooses a strategy from the number of images and the best candidate's figures.</summary>
internal static class StrategyChoice
{
    // A held-out fifth whose accuracy is not known to two points tells good settings from bad ones by luck.
    private const double MaxError = 0.02;
    private const double HeldOut = 0.2;

    // Below, the features hardly know the classes apart; from so many images on, a small backbone of one's own learns better ones.
    private const double Unlike = 0.2;
    private const int MinImagesForBackbone = 20_000;

    public static (RecommendedStrategy Strategy, string Reason) Choose(int labeled, int unlabeled, BackboneAdvice best)
    {
        // One success and one failure more, or a perfect score on few images would pass for a sure one (Laplace's rule).
        double judged = HeldOut * labeled, accuracy = ((best.Accuracy * judged) + 1) / (judged + 2);
        double error = Math.Sqrt(accuracy * (1 - accuracy) / judged);
        if (unlabeled >= labeled)
        {
            return (RecommendedStrategy.ParallelTraining, Text(
                $"{unlabeled} images have no label, {labeled} have one: a model of these can label those for parallel training"));
        }

        if (best.Similarity < Unlike && labeled >= MinImagesForBackbone)
        {
            return (RecommendedStrategy.PreTraining, Text(
                $"{labeled} images, unlike what {best.Backbone.Name} knows (similarity {best.Similarity:0.00}): train a backbone on them"));
        }

        return error > MaxError
            ? (RecommendedStrategy.CrossValidation, Text(
                $"a held-out fifth of {labeled} images would know the accuracy to {100 * error:0.0} points only: cross-validate instead"))
            : (RecommendedStrategy.FineTuning, Text(
                $"a held-out fifth of {labeled} images knows the accuracy to {100 * error:0.0} points: fine-tune and judge by it"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
