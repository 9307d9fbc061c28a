using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>A model whose probabilities are the mean of those of several heads over one backbone.</summary>
    internal static TransferModel Ensemble(
        Backbone backbone, IReadOnlyList<LinearHead> heads, IReadOnlyList<string> labels, ModelOrigin origin) =>
        new(ModelGraph.Join(backbone.Graph, heads), new ModelMetadata([.. labels], backbone.Preprocessing, origin));
}
