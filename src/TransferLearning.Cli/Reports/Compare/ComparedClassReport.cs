using TransferLearning.Models;

namespace TransferLearning.Cli.Reports.Compare;

/// <summary>The share of the images of one class that each model classifies correctly, 0..1.</summary>
internal sealed record ComparedClassReport(string Name, int Images, double RecallOfFirst, double RecallOfSecond, double Difference)
{
    public static ComparedClassReport Of(ComparedClass compared) =>
        new(compared.Name, compared.Images, compared.RecallOfFirst, compared.RecallOfSecond, compared.Difference);
}
