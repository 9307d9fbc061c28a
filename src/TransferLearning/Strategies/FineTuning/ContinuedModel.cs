using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>What a model brings to further training. Immutable.</summary>
/// <param name="Backbone">The model's own.</param>
/// <param name="Head">Its head, with the temperature folded in.</param>
/// <param name="Classes">Its classes, in the head's order.</param>
/// <param name="Detector">What it remembers of its classes; null where it remembers nothing.</param>
/// <param name="TrainImages">The number of images that it learned from; null where it does not say.</param>
internal sealed record ContinuedModel(
    Backbone Backbone, LinearHead Head, IReadOnlyList<string> Classes, OutOfDistributionDetector? Detector, int? TrainImages)
{
    /// <exception cref="TransferLearningException">The model has no head of this library.</exception>
    public static ContinuedModel Of(TransferModel model)
    {
        (Backbone backbone, LinearHead head) = model.Split();
        bool counted = int.TryParse(
            model.Origin.Facts.GetValueOrDefault(FactNames.TrainImages), NumberStyles.None, CultureInfo.InvariantCulture, out int images);
        return new ContinuedModel(
            backbone, head, model.Labels, model.RemembersClasses ? model.Detector : null, counted && images > 0 ? images : null);
    }
}
