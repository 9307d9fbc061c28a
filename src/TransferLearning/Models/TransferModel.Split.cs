using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models.Descriptions;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const string UnnamedBackbone = "backbone";

    /// <summary>
    /// Splits the model into backbone and head; the heads of an ensemble are averaged. The backbone has the fingerprint of the one that the
    /// model was made with.
    /// </summary>
    /// <exception cref="TransferLearningException">The model has no head of this library.</exception>
    internal (Backbone Backbone, LinearHead Head) Split()
    {
        if (ModelGraph.TrySplit(_graph) is not { } parts)
        {
            throw new TransferLearningException(
                "the model cannot be trained further: it is a pre-trained network with its own classifier, without a head of this library. "
                + "Give a model that fine-tuning, pre-training on images, cross-validation or parallel training made");
        }

        string output = ModelGraph.BackboneOutput(_graph, parts.Features);
        string? license = Origin.Facts.GetValueOrDefault(FactNames.WeightsLicense);
        var backbone = Backbone.FromFeatures(
            Origin.Backbone ?? UnnamedBackbone, _graph, output, Preprocessing, license: license);
        return (backbone, HeadMean.Of(parts.Heads));
    }
}
