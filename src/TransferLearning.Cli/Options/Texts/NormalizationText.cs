using System.Globalization;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Cli.Options.Texts;

/// <summary>The values of <c>--normalization</c> other than <c>auto</c>.</summary>
internal static class NormalizationText
{
    public const string Expected = "auto, torchvision, inception, zero-one, caffe, none or mean=R,G,B/std=R,G,B";

    private const string Mean = "mean=", Deviation = "/std=";

    /// <summary>The normalization that a text names; null where it is none.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="note">For numbers, which pixel values they were understood for; null for a name.</param>
    public static PixelNormalization? Parse(string text, out string? note)
    {
        note = null;
        switch (text)
        {
            case "torchvision":
                return PixelNormalization.Torchvision;
            case "inception":
                return PixelNormalization.Inception;
            case "zero-one":
                return PixelNormalization.ZeroToOne;
            case "caffe":
                return PixelNormalization.Caffe;
            case "none":
                return PixelNormalization.None;
        }

        int slash = text.IndexOf(Deviation, StringComparison.Ordinal);
        if (!text.StartsWith(Mean, StringComparison.Ordinal) || slash < 0
            || Colors(text[Mean.Length..slash]) is not { } means
            || Colors(text[(slash + Deviation.Length)..]) is not { } deviations || deviations.Contains(0))
        {
            return null;
        }

        // torchvision and timm write them for values 0..1, Caffe for 0..255.
        bool isUnit = means.Concat(deviations).All(v => v <= 1);
        note = isUnit
            ? "means and deviations are read as those of pixel values 0..1, as all are at most 1; multiply them by 255 if they are not"
            : "means and deviations are read as those of pixel values 0..255, as one is above 1";
        return isUnit ? UnitNormalization.Of(means, deviations) : UnitNormalization.Of(means, deviations, factor: 1);
    }

    private static double[]? Colors(string text)
    {
        string[] parts = text.Split(',');
        double[] colors = new double[3];
        for (int i = 0; i < colors.Length; i++)
        {
            if (parts.Length != colors.Length
                || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out colors[i])
                || !float.IsFinite((float)colors[i]))
            {
                return null;
            }
        }

        return colors;
    }
}
