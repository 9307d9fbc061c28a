namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>What <c>backbones fetch --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record BackboneFetchReport
{
    public required string Name { get; init; }

    /// <summary>The address or file that the network comes from.</summary>
    public required string Source { get; init; }

    /// <summary>The file in the folder of fetched networks.</summary>
    public required string Path { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public required string License { get; init; }

    /// <summary>Whether the file was there already, so that nothing was fetched.</summary>
    public required bool WasPresent { get; init; }
}
