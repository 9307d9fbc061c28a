using System.Globalization;

namespace TransferLearning.BackboneChecks;

/// <summary>Puts the result of a check into a sentence.</summary>
internal static class CheckExplanation
{
    /// <param name="ranked">The normalizations, the best one first.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="usedLabels">Whether scores of labeled images decided.</param>
    public static string Of(IReadOnlyList<CheckedNormalization> ranked, int images, bool usedLabels)
    {
        CheckedNormalization best = ranked[0];
        if (usedLabels)
        {
            string others = string.Join(", ", ranked.Skip(1).Select(c => $"{c} {Number(c.Score)}"));
            string kept = ranked.Any(c => c.Score > best.Score) ? ", kept because none is clearly better" : "";
            return $"{best} by the features of {images} images: score {Number(best.Score)}{kept}; {others}";
        }

        string order = "without labels, the channel order was not measured, and is taken for RGB";
        return ranked.Count == 1
            ? $"{best} by the first layer's values of {images} images; {order}"
            : $"{best}, for the first layer's values of {images} images fit {string.Join(" and ", ranked)}; {order}";
    }

    private static string Number(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture) : "not measured";
}
