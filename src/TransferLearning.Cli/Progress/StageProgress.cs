namespace TransferLearning.Cli.Progress;

/// <summary>The progress of one stage of the work.</summary>
/// <param name="Stage">The name of the stage, such as <c>Extracting bottlenecks</c>.</param>
/// <param name="Done">The number of units done.</param>
/// <param name="Total">The number of all units; 0 where unknown.</param>
/// <param name="Detail">For example the speed or the loss; may be empty.</param>
internal readonly record struct StageProgress(string Stage, int Done, int Total, string Detail)
{
    /// <summary>A line of its own, shown once, such as a long time that the stage will take; null for none.</summary>
    public string? Note { get; init; }
}
