namespace TransferLearning.Verdicts.Rules;

/// <summary>A training that ended at its limit of epochs while it still improved.</summary>
internal sealed class EarlyEndRule : IVerdictRule
{
    // A fifth of the mistakes: between what the first few epochs gain and the last ones.
    private const double AvoidedShare = 0.2;

    public ProposedStep? Propose(VerdictEvidence evidence) => evidence.EpochLimit is not { } epochs ? null : new ProposedStep(
        new NextStep(
            NextStepKind.EarlyEnd,
            $"the training ended after {(epochs == 1 ? "1 epoch" : $"{epochs} epochs")}, its limit, while it still improved",
            $"train longer: {(evidence.EpochOption == "--epochs" ? "Epochs" : "StageTraining with Epochs")} = {2 * epochs}",
            $"{evidence.Command.With(evidence.EpochOption, $"{2 * epochs}")}"),
        AvoidedShare * evidence.ErrorShare);
}
