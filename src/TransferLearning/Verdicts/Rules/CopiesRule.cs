namespace TransferLearning.Verdicts.Rules;

/// <summary>Copies of one picture in training and in validation: the model is evaluated on what it was trained on.</summary>
internal sealed class CopiesRule : IVerdictRule
{
    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (evidence.Leaks.Count == 0)
        {
            return null;
        }

        string groups = evidence.Leaks.Count == 1 ? "1 group of copies" : $"{evidence.Leaks.Count} groups of copies";
        string parts = evidence.Source == EvidenceSource.CrossValidation ? "different folds" : "training and in validation";
        return new ProposedStep(
            new NextStep(
                NextStepKind.Copies,
                $"{groups} ({evidence.Leaks.Sum(l => l.Images.Count)} images) are in {parts}: the accuracy is too high",
                "remove the copies from one of the parts: ImageDataset.Open(path).Check() lists them as Leaks",
                $"{evidence.Command.Read("check")}"),
            ProposedStep.First);
    }
}
