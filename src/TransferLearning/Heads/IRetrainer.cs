using TransferLearning.Backbones;

namespace TransferLearning.Heads;

/// <summary>Trains the last layer (the head) of a network on bottlenecks.</summary>
/// <remarks>Implementations are thread-safe and keep no state between calls: several heads may be trained at once.</remarks>
public interface IRetrainer
{
    /// <summary>
    /// The network whose bottlenecks the retrainer needs, and which a pipeline then uses; null if the bottlenecks of any network will do.
    /// It is read only after <see cref="Validate"/> has found no problem.
    /// </summary>
    Backbone? RequiredBackbone { get; }

    /// <summary>Checks the retrainer's own settings, and whether it can meet the demands. Reads no image.</summary>
    /// <param name="demands">What the strategy needs of the retrainer.</param>
    /// <returns>One sentence per problem; empty if there is none.</returns>
    IReadOnlyList<string> Validate(RetrainingDemands demands);

    /// <summary>Trains a head. Blocks; canceling ends the training early and keeps the head trained so far.</summary>
    /// <param name="training">The rows to learn from: at least one row of each of at least two classes.</param>
    /// <param name="validation">
    /// Rows of the same classes and feature size to evaluate after each epoch, for the progress; null for none. They must choose nothing:
    /// the head has to be the same for any validation rows, so that its accuracy on them is what new images can expect. What has to be
    /// chosen is chosen on a part of <paramref name="training"/>.
    /// </param>
    /// <param name="context">Seed, threads, progress, cancellation, and the head to start from.</param>
    /// <exception cref="TransferLearningException">The bottlenecks or the settings cannot be used.</exception>
    RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context);
}
