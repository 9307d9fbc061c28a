using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>A model with several heads over one backbone, whose probabilities are averaged.</summary>
    internal static TransferModel Ensemble(
        Backbone backbone, IReadOnlyList<LinearHead> heads, IReadOnlyList<string> labels, ModelOrigin origin) =>
        new(ModelGraph.Join(backbone.Graph, heads), new ModelMetadata([.. labels], backbone.Preprocessing, origin));
}
