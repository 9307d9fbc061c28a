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
