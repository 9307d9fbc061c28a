using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const string UnnamedBackbone = "backbone";

    /// <summary>
    /// Takes the model apart again; the heads of an ensemble become their mean. The backbone has the fingerprint of the one that the model
    /// was made with.
    /// </summary>
    /// <exception cref="TransferLearningException">The model has no head of this library.</exception>
    internal (Backbone Backbone, LinearHead Head) Split()
    {
        if (ModelGraph.TrySplit(_graph) is not { } parts)
        {
            throw new TransferLearningException(
                "the model cannot be trained further, for it has no head of this library (it is a network taken as it is): "
                + "give a model that fine-tuning, pre-training on images, cross-validation or parallel training made");
        }

        string output = ModelGraph.BackboneOutput(_graph, parts.Features);
        return (Backbone.FromFeatures(Origin.Backbone ?? UnnamedBackbone, _graph, output, Preprocessing), HeadMean.Of(parts.Heads));
    }
}
