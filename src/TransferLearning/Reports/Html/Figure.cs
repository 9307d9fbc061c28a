using System.Globalization;
using TransferLearning.Evaluation;

namespace TransferLearning.Reports.Html;

/// <summary>Formats numbers for people, the same in every culture.</summary>
internal static class Figure
{
    public static string Percent(double share) => Text($"{100 * share:0.0}\u00A0%");

    /// <summary>An accuracy with its 95 % interval and the number of images that it rests on: "66.0 % (51 to 78 %, 44 images)".</summary>
    public static string Accuracy(ClassificationMetrics metrics) => Accuracy(metrics.Accuracy, metrics.AccuracyInterval(), metrics.Images);

    /// <summary>The same of a share that was counted over some images.</summary>
    public static string Accuracy(double share, int images) => Accuracy(share, ConfidenceInterval.OfShare(share, images), images);

    /// <summary>The same with another interval.</summary>
    public static string Accuracy(double share, ConfidenceInterval interval, int images) =>
        $"{Percent(share)} ({Range(interval)}, {Of(images, "image", "images")})";

    /// <summary>An interval: "51 to 78 %".</summary>
    public static string Range(ConfidenceInterval interval) =>
        $"{Text($"{100 * interval.Lower:0}")} to {WholePercent(interval.Upper)}";

    public static string WholePercent(double share) => Text($"{100 * share:0}\u00A0%");

    /// <summary>A difference of shares.</summary>
    public static string Points(double difference) => Text($"{100 * difference:0}\u00A0points");

    public static string Count(long count) => Text($"{count:#,0}").Replace(',', '\u202F');

    public static string Three(double value) => Text($"{value:0.000}");

    /// <summary>A duration, with as many digits as matter.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 10 => Text($"{seconds:0.00}\u00A0s"),
        < 120 => Text($"{seconds:0.0}\u00A0s"),
        _ => Text($"{seconds / 60:0.0}\u00A0min"),
    };

    public static string Megabytes(long bytes) => Text($"{bytes / 1e6:0.0}\u00A0MB");

    /// <summary>"1 image", "2 images".</summary>
    public static string Of(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A coordinate or length for SVG and CSS.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
