using System.Globalization;

namespace TransferLearning.Advice;

/// <summary>Explains the figures in sentences.</summary>
internal static class AdviceEvidence
{
    public static IEnumerable<string> Of(IReadOnlyList<BackboneAdvice> candidates, BackboneAdvice? recommended, int images)
    {
        if (recommended is null)
        {
            yield return Text(
                $"no backbone is within the budget; the smallest needs {candidates.Min(c => c.ModelBytes) / 1e6:0.0} MB, ")
                + Text($"the fastest {candidates.Min(c => c.MillisecondsPerImage):0.0} ms per image");
            yield break;
        }

        yield return Text(
            $"{recommended.Backbone.Name}: accuracy {Accuracy(recommended, images)} in cross-validation, ")
            + Text($"{Similarity(recommended.Similarity)} (similarity {recommended.Similarity:0.00})");
        BackboneAdvice[] others = [.. candidates.Where(c => c != recommended && c.IsWithinBudget)];
        if (others.Length > 0)
        {
            yield return Text(
                $"next best: {others[0].Backbone.Name}, {100 * (recommended.Accuracy - others[0].Accuracy):0.0} points less, ")
                + Text($"{others[0].MillisecondsPerImage:0.0} ms per image instead of {recommended.MillisecondsPerImage:0.0}");
            BackboneAdvice byEvidence = candidates.Where(c => c.IsWithinBudget).MaxBy(c => c.LogMe)!;
            yield return byEvidence == recommended
                ? Text($"LogME agrees: {recommended.LogMe:0.000} is the highest")
                : Text($"LogME would choose {byEvidence.Backbone.Name} ({byEvidence.LogMe:0.000} against {recommended.LogMe:0.000}), ")
                    + "but measured accuracy decides";
        }

        if (candidates.FirstOrDefault(c => !c.IsWithinBudget) is { } excluded)
        {
            yield return Text(
                $"outside the budget: {excluded.Backbone.Name} with accuracy {Accuracy(excluded, images)}, ")
                + Text($"{excluded.ModelBytes / 1e6:0.0} MB, {excluded.MillisecondsPerImage:0.0} ms per image");
        }
    }

    public static string Of(LearningCurve curve) => Text(
        $"twice the images would give about +{curve.GainFromTwiceTheImages:0.0} points");

    public static IEnumerable<string> Of(UnfreezingAdvice trial, int images)
    {
        yield return Text(
            $"trial on {trial.Images} images of {trial.Classes} classes: head alone {100 * trial.HeadAccuracy:0.0} %, with the last of ")
            + Text($"{trial.NetworkStages} stages trained too {100 * trial.TunedAccuracy:0.0} %, difference {Points(trial.Difference)} ")
            + Text($"points (95 % interval {Points(trial.DifferenceInterval.Lower)} to {Points(trial.DifferenceInterval.Upper)})");
        string cost = Text($"up to {Time(trial.SecondsForAll)} and {trial.MapBytesForAll / 1e6:#,0} MB of cache on all {images} images");
        yield return trial.DifferenceInterval switch
        {
            { Lower: > 0 } => $"unfreeze the last stage: the difference is more than noise; this takes {cost}",
            { Upper: < 0 } => "train the head alone: it is more accurate by more than noise",
            _ => $"train the head alone: the difference may be noise, and unfreezing takes {cost}",
        };
    }

    private static string Points(double share) => (100 * share).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds switch
    {
        < 90 => Text($"{seconds:0} seconds"),
        < 5400 => Text($"{seconds / 60:0} minutes"),
        _ => Text($"{seconds / 3600:0.0} hours"),
    };

    private static string Accuracy(BackboneAdvice advice, int images) => Text(
        $"{100 * advice.Accuracy:0.0} % (95 % interval {100 * advice.AccuracyInterval.Lower:0.0} to ")
        + Text($"{100 * advice.AccuracyInterval.Upper:0.0} %, {images} images)");

    private static string Similarity(double value) => value switch
    {
        >= 0.7 => "a task close to what the network was trained for",
        >= 0.4 => "a task related to what the network was trained for",
        _ => "a task far from what the network was trained for",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
