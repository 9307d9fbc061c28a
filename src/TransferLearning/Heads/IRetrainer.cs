using TransferLearning.Backbones;

namespace TransferLearning.Heads;

/// <summary>Trains the last layer (the head) of a network on bottlenecks. Implementations are thread-safe: they keep nothing between
/// calls.</summary>
public interface IRetrainer
{
    /// <summary>
    /// The network whose bottlenecks it needs, which a pipeline then takes; null where any network's will do. It is asked for only where
    /// <see cref="Validate"/> has found nothing wrong.
    /// </summary>
    Backbone? RequiredBackbone { get; }

    /// <summary>Says what is wrong with the retrainer's own settings, and what of the demands it cannot meet.</summary>
    /// <param name="demands">What will be asked of it.</param>
    /// <returns>A sentence a problem; empty where all is well.</returns>
    IReadOnlyList<string> Validate(RetrainingDemands demands);

    /// <summary>Trains a head. Canceling ends the training early and keeps the best epoch so far.</summary>
    /// <param name="training">What to learn from: at least one row of each of at least two classes.</param>
    /// <param name="validation">What picks the best epoch; null to go by the training loss. Same classes, same feature size.</param>
    /// <param name="context">Seed, threads, progress, cancellation, and the head to start from.</param>
    /// <exception cref="TransferLearningException">The bottlenecks or the settings cannot be used.</exception>
    RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context);
}
