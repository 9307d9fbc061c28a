namespace TransferLearning.Verdicts;

/// <summary>Something to do next for a better classifier, or for a figure that is more certain.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Kind">What it is about.</param>
/// <param name="Finding">The evidence, as a sentence without a full stop.</param>
/// <param name="Advice">What to do in C#, as a sentence without a full stop.</param>
/// <param name="Command">
/// The command to type instead. Words in capitals, such as DATA, stand for what is not known, such as the path of images in memory.
/// </param>
public sealed record NextStep(NextStepKind Kind, string Finding, string Advice, string Command);
