using System.Diagnostics.CodeAnalysis;
using TransferLearning.Evaluation;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>The 95 % confidence interval of an accuracy, 0..1.</summary>
internal sealed record IntervalReport(double Lower, double Upper)
{
    public static IntervalReport Of(ConfidenceInterval interval) => new(interval.Lower, interval.Upper);

    /// <summary>That of an accuracy; null without metrics.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static IntervalReport? Of(ClassificationMetrics? metrics) => metrics is null ? null : Of(metrics.AccuracyInterval());

    /// <summary>The score interval of a share that was counted over some images.</summary>
    public static IntervalReport Of(double share, int images) => Of(ConfidenceInterval.OfShare(share, images));

    /// <summary>"0.511 to 0.783".</summary>
    public override string ToString() => $"{Lower:0.000} to {Upper:0.000}";
}
