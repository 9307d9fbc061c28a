namespace TransferLearning.Verdicts.Rules;

/// <summary>Images of the model's classes that look to it like none of them: they differ from those that it was trained on.</summary>
internal sealed class UnknownImagesRule : IVerdictRule
{
    // One or two are flagged by chance.
    private const int MinImages = 3;

    // The detector is set to flag a share of images of the classes; the share among a few images varies.
    private const double MinRatio = 2;

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (evidence is not { UnknownImages: { } unknown, FalseRejectRate: { } rate }
            || unknown < MinImages || unknown < MinRatio * rate * evidence.Images)
        {
            return null;
        }

        return new ProposedStep(
            new NextStep(
                NextStepKind.UnknownImages,
                $"{unknown} of {evidence.Images} images look unlike those that the model was trained on: it finds no class in them",
                "train the model further on such images: TransferPipeline.FineTune(path).ContinueFrom(model)",
                $"{evidence.Command.Continue()}"),
            evidence.ErrorShare * unknown / evidence.Images);
    }
}
