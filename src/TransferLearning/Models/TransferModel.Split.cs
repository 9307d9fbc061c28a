using TransferLearning.Backbones;
using TransferLearning.Retraining;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const string UnnamedBackbone = "backbone";

    /// <summary>Takes the model apart again. The backbone has the fingerprint of the one that the model was made with.</summary>
    /// <exception cref="TransferLearningException">The model has no single head of this library.</exception>
    internal (Backbone Backbone, LinearHead Head) Split()
    {
        if (ModelGraph.TrySplit(_graph) is not { } parts)
        {
            throw new TransferLearningException(
                "the model cannot be trained further, for it has no single head (it is an ensemble, or a network taken as it is): "
                + "give a model that fine-tuning, pre-training on images, cross-validation or averaged parallel training made");
        }

        string output = ModelGraph.BackboneOutput(_graph, parts.Features);
        return (Backbone.FromFeatures(Origin.Backbone ?? UnnamedBackbone, _graph, output, Preprocessing), parts.Head);
    }
}
