namespace TransferLearning.Verdicts.Rules;

/// <summary>A training that was canceled: more of it may help, and the model lacks parts.</summary>
internal sealed class CanceledRule : IVerdictRule
{
    public ProposedStep? Propose(VerdictEvidence evidence) => !evidence.IsCanceled ? null : new ProposedStep(
        new NextStep(
            NextStepKind.Canceled,
            "the training was canceled: its model is not calibrated, and does not detect images of none of the classes",
            "run Fit again to its end; what is in the bottleneck cache is not computed again",
            $"{evidence.Command}"),
        ProposedStep.First);
}
