using TransferLearning.Backbones.Catalog;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Rules;

/// <summary>A head on features that do not separate the classes well enough: the network's last stage can learn better ones.</summary>
internal sealed class FrozenStagesRule : IVerdictRule
{
    // Below, single mistakes decide, and minutes of training gain little.
    private const double MinErrorShare = 0.1;

    // With fewer, the stage learns its images by heart more often than it helps; a trial tells.
    private const int MinTrainImages = 200;

    // Between half of the mistakes, on sign-digits, and a twelfth, on trashnet (benchmarks/reports/transfer.md).
    private const double AvoidedShare = 0.25;

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (!evidence.IsTraining || evidence.IsNetworkFixed || evidence.HasTunedStages || evidence.ErrorShare < MinErrorShare
            || evidence.Backbone == BuiltInNames.Compact)
        {
            return null;
        }

        bool isTrial = evidence.TrainImages < MinTrainImages;
        RunCommand command = isTrial
            ? evidence.Command.Train("advise").With("--try-unfreezing")
            : evidence.Command.Train("fine-tune").With("--unfreeze", "1");
        return new ProposedStep(
            new NextStep(
                NextStepKind.FrozenStages,
                "only the classifier was trained, on features that do not separate these classes well",
                isTrial
                    ? "measure whether training the last stage of the network helps: AdviceOptions.TriesUnfreezing"
                    : "train the last stage of the network too: FineTuningOptions.UnfrozenStages = 1",
                $"{command}"),
            AvoidedShare * evidence.ErrorShare);
    }
}
