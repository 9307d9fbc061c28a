namespace TransferLearning.Cli.Reports.Verdicts;

/// <summary>Something to do next.</summary>
/// <param name="Kind">Such as "overfitting" or "confusedPair".</param>
/// <param name="Finding">The evidence.</param>
/// <param name="Advice">What to do in C#.</param>
/// <param name="Command">The command to type.</param>
internal sealed record NextStepReport(string Kind, string Finding, string Advice, string Command);
