using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Rules;

/// <summary>Evaluated images that the model was trained on: the accuracy says nothing about new ones.</summary>
internal sealed class KnownImagesRule : IVerdictRule
{
    private const string OtherData = "OTHER-DATA";

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (evidence.KnownImages == 0)
        {
            return null;
        }

        RunCommand command = evidence.Source == EvidenceSource.OtherData
            ? evidence.Command.On(OtherData)
            : evidence.Command.With("--validation", OtherData);
        return new ProposedStep(
            new NextStep(
                NextStepKind.KnownImages,
                $"the model was trained on {evidence.KnownImages} of the {evidence.Images} evaluated images: the accuracy is too high",
                "evaluate on images that the model has not seen",
                $"{command}"),
            ProposedStep.First);
    }
}
