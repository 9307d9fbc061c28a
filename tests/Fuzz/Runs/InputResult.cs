namespace TransferLearning.Fuzz.Runs;

/// <summary>What became of an input. Immutable.</summary>
/// <param name="Refusal">The documented exception's type; null where the input was read.</param>
/// <param name="Fault">What is wrong, the same text for each input with the same fault; null for nothing.</param>
/// <param name="Details">The exception with its stack for a fault, the message of a refusal.</param>
internal sealed record InputResult(string? Refusal, string? Fault, string? Details);
