namespace TransferLearning.Cli.Progress;

/// <summary>How far a stage of the work is.</summary>
/// <param name="Stage">What is being done, such as <c>Extracting bottlenecks</c>.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">All units; 0 where unknown.</param>
/// <param name="Detail">Speed, loss or the like; may be empty.</param>
internal readonly record struct StageProgress(string Stage, int Done, int Total, string Detail);
