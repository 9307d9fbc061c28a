namespace TransferLearning.Verdicts.Rules;

/// <summary>Labels that are probably wrong: they teach the classifier mistakes, and count right predictions as wrong.</summary>
internal sealed class SuspectLabelsRule : IVerdictRule
{
    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (evidence.SuspectLabels == 0)
        {
            return null;
        }

        return new ProposedStep(
            new NextStep(
                NextStepKind.SuspectLabels,
                $"{evidence.SuspectLabels} of {evidence.Images} labels {(evidence.SuspectLabels == 1 ? "is" : "are")} probably wrong",
                "look at CrossValidationResult.OutOfFold.LabelErrors, and correct them",
                $"{evidence.Command.Train("cross-validate").With("--label-errors", "label-errors.csv")}"),
            (double)evidence.SuspectLabels / evidence.Images);
    }
}
