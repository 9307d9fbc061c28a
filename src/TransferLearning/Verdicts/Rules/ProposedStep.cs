namespace TransferLearning.Verdicts.Rules;

/// <summary>A step that a rule proposes. Immutable.</summary>
/// <param name="Step">The step.</param>
/// <param name="Gain">
/// The order: about how much accuracy the step adds, 0..1. Above 1 for what comes first because all figures rest on it.
/// </param>
internal sealed record ProposedStep(NextStep Step, double Gain)
{
    /// <summary>The gain of what must be mended before other figures mean anything.</summary>
    public const double First = 2;
}
