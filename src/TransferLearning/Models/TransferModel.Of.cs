using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models.Saving;
using TransferLearning.Models.TrainingImages;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>A model with all its parts. The probabilities of several heads over one backbone are averaged.</summary>
    /// <param name="backbone">Computes the features.</param>
    /// <param name="heads">At least one, over the labels.</param>
    /// <param name="labels">The classes in the heads' order.</param>
    /// <param name="origin">How the model was made.</param>
    /// <param name="detector">Detects out-of-distribution images; null for a model that does not.</param>
    /// <param name="trainingHashes">The images that the model was trained on; null for a model that does not keep them.</param>
    /// <param name="formats">The formats of the image files that the model predicts.</param>
    /// <param name="engine">Runs the network.</param>
    internal static TransferModel Of(
        Backbone backbone,
        IReadOnlyList<LinearHead> heads,
        IReadOnlyList<string> labels,
        ModelOrigin origin,
        OutOfDistributionDetector? detector,
        TrainingHashes? trainingHashes,
        ImageFormats formats,
        INetworkEngine engine) =>
        new(
            ModelGraph.Join(backbone.Graph, heads),
            new ModelMetadata([.. labels], backbone.Preprocessing, origin) { Detector = detector, TrainingHashes = trainingHashes },
            engine)
        {
            Formats = formats,
        };
}
