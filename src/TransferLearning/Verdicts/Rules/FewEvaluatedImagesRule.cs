using TransferLearning.Evaluation;

namespace TransferLearning.Verdicts.Rules;

/// <summary>An accuracy that was measured on few images: most differences between two settings are then chance.</summary>
internal sealed class FewEvaluatedImagesRule : IVerdictRule
{
    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        // The images of a cross-validation are all that there are: FewImagesRule names the classes that lack some.
        if (evidence.Source == EvidenceSource.CrossValidation || evidence.Images >= FewImages.MinEvaluated)
        {
            return null;
        }

        bool isTraining = evidence.IsTraining;
        string finding = $"the accuracy was measured on only {(evidence.Images == 1 ? "1 image" : $"{evidence.Images} images")}";
        return new ProposedStep(
            new NextStep(
                NextStepKind.FewEvaluatedImages,
                finding,
                isTraining ? "TransferPipeline.CrossValidate measures it on all images" : "evaluate on more labeled images",
                isTraining ? $"{evidence.Command.Train("cross-validate")}" : $"{evidence.Command.On("MORE-DATA")}"),
            (evidence.Interval.Upper - evidence.Interval.Lower) / 2);
    }
}
