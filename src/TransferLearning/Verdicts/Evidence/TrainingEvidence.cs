using TransferLearning.Backbones.Catalog;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Evidence;

/// <summary>What the evidence of all trainings has in common.</summary>
internal static class TrainingEvidence
{
    // Where an epoch changes the loss by less, further ones change no prediction that matters.
    private const double MinFall = 0.01;

    /// <summary>The accuracy on the training images at the epoch that was kept; null where it is not known.</summary>
    public static double? AccuracyAt(IReadOnlyList<EpochProgress> history, int bestEpoch) =>
        bestEpoch < 1 || bestEpoch > history.Count ? null : history[bestEpoch - 1].TrainingAccuracy;

    /// <summary>The number of epochs, where they ended at their limit while the loss still fell; else null.</summary>
    /// <param name="history">The epochs.</param>
    /// <param name="bestEpoch">The one that was kept.</param>
    /// <param name="limit">The limit; null where it was not reached.</param>
    public static int? EndedEarly(IReadOnlyList<EpochProgress> history, int bestEpoch, int? limit)
    {
        if (limit is not { } epochs || history.Count != epochs || bestEpoch != epochs)
        {
            return null;
        }

        return epochs == 1 || Loss(history[^1]) < (1 - MinFall) * Loss(history[^2]) ? epochs : null;
    }

    /// <summary>The options that choose the network of a model: none for the default one.</summary>
    public static CommandOption[] Network(TransferModel model) => model.Origin.Backbone switch
    {
        null or BuiltInNames.ResNet18 => [],
        var name => [new CommandOption("--backbone", OptionScope.Network, BuiltInNames.All.Contains(name) ? name : "NAME-or-FILE")],
    };

    private static double Loss(EpochProgress epoch) => epoch.HeldOutLoss ?? epoch.TrainingLoss;
}
