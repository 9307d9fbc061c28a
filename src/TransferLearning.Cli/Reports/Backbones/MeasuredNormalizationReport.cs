using TransferLearning.BackboneChecks;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>How well a normalization suits a network on the images of DATA. The names are part of the command's contract.</summary>
/// <param name="Name">The name that <c>--normalization</c> has for it.</param>
/// <param name="Channels"><c>Rgb</c> or <c>Bgr</c>.</param>
/// <param name="Distance">How far the first layer's outputs are from what the network expects; null where that was not measured.</param>
/// <param name="Score">How well the features suit a classifier; null where that was not measured.</param>
internal sealed record MeasuredNormalizationReport(string Name, string Channels, double? Distance, double? Score)
{
    public static IReadOnlyList<MeasuredNormalizationReport> Of(BackboneCheckResult check) =>
    [
        .. check.Candidates.Select(c => new MeasuredNormalizationReport(
            c.Name, c.Normalization.ChannelOrder.ToString(), c.Distance, c.Score)),
    ];
}
