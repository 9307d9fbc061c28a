namespace TransferLearning.Cli.Reports.Info;

/// <summary>The weights of a model.</summary>
/// <param name="Count">Their number.</param>
/// <param name="Type">How the file stores them, such as <c>float16</c>; null where it does not say it.</param>
/// <param name="License">The license of the network's weights; null where the file does not say it.</param>
internal sealed record InfoWeightsReport(long Count, string? Type, string? License);
