namespace TransferLearning.Verdicts.Rules;

/// <summary>Looks for one kind of problem. Immutable.</summary>
internal interface IVerdictRule
{
    /// <summary>What to do about the problem; null where it is not there.</summary>
    ProposedStep? Propose(VerdictEvidence evidence);
}
