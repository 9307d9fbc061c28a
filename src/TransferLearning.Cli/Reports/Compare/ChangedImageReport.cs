using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Compare;

/// <summary>An image that two models give different labels.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">Its label.</param>
/// <param name="First">The label that the first model gives.</param>
/// <param name="FirstProbability">Its probability, 0..1.</param>
/// <param name="Second">The label that the second model gives.</param>
/// <param name="SecondProbability">Its probability, 0..1.</param>
/// <param name="Right"><c>first</c>, <c>second</c> or <c>neither</c>.</param>
internal sealed record ChangedImageReport(
    string Path, string Label, string First, double FirstProbability, string Second, double SecondProbability, string Right)
{
    public static ChangedImageReport Of(ChangedImage image) => new(
        image.Path,
        image.Label,
        image.First.Label,
        image.First.Probability,
        image.Second.Label,
        image.Second.Probability,
        image.IsFirstRight ? "first" : image.IsSecondRight ? "second" : "neither");
}
