namespace TransferLearning.Verdicts.Rules;

/// <summary>A model that gives images of none of its classes one of them all the same, without a flag.</summary>
internal sealed class NoDetectorRule : IVerdictRule
{
    public ProposedStep? Propose(VerdictEvidence evidence) =>
        !evidence.IsTraining || evidence.IsCanceled || evidence.FalseRejectRate is not null || !evidence.HasTunedStages
            ? null
            : new ProposedStep(
                new NextStep(
                    NextStepKind.NoDetector,
                    "the model does not detect images of none of its classes, as stages of its network were trained",
                    "where such images occur, train the head alone: UnfrozenStages = 0",
                    $"{evidence.Command.Without("--unfreeze").Without("--unfreeze-epochs")}"),
                0);
}
