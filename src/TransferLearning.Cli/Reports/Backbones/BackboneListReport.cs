namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>What <c>backbones list --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record BackboneListReport
{
    /// <summary>The folder of fetched networks.</summary>
    public required string Directory { get; init; }

    public required IReadOnlyList<ListedBackboneReport> Backbones { get; init; }
}
