using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>The evidence of a pre-training of a head, or of a whole network.</summary>
internal static class PreTrainingEvidence
{
    /// <exception cref="TransferLearningException">Nothing was trained.</exception>
    public static VerdictEvidence Of(PreTrainingResult result, RunCommand? command)
    {
        FineTuningResult training = result.HeadTraining ?? throw new TransferLearningException(
            "the network was used as it is, so that nothing was evaluated: evaluate its model on labeled images, and ask for that verdict");
        VerdictEvidence evidence = FineTuningEvidence.Of(training, command ?? CommandOf(result, training));
        if (result.Backbone is null)
        {
            return evidence;
        }

        RetrainedHead network = training.Steps[^1].Training;
        return evidence with
        {
            IsNetworkFixed = true,
            EpochLimit = TrainingEvidence.EndedEarly(
                network.History, network.BestEpoch, network.History.Count == 0 ? null : network.History[^1].Epochs),
        };
    }

    private static RunCommand CommandOf(PreTrainingResult result, FineTuningResult training)
    {
        CommandOption[] network = result.Architecture is { } architecture
            ? [new CommandOption("--arch", OptionScope.Verb, $"{architecture}")]
            : TrainingEvidence.Network(result.Model);
        return new RunCommand("pre-train", RunCommand.PathOf(training.Steps[0].Data), null, network);
    }
}
