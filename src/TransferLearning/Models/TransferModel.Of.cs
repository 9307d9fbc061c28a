using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>A model with all its parts. Of several heads over one backbone, its probabilities are the mean of theirs.</summary>
    /// <param name="backbone">Computes the features.</param>
    /// <param name="heads">At least one, over the labels.</param>
    /// <param name="labels">The classes in the heads' order.</param>
    /// <param name="origin">How the model was made.</param>
    /// <param name="detector">Finds images that are of none of the classes; null for a model that does not.</param>
    internal static TransferModel Of(
        Backbone backbone,
        IReadOnlyList<LinearHead> heads,
        IReadOnlyList<string> labels,
        ModelOrigin origin,
        OutOfDistributionDetector? detector) =>
        new(
            ModelGraph.Join(backbone.Graph, heads),
            new ModelMetadata([.. labels], backbone.Preprocessing, origin) { Detector = detector });
}
