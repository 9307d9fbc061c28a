using TransferLearning.Heads;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>New images with what a model remembers of its classes. Immutable.</summary>
/// <param name="Rows">What is learned from: the remembered features count as of several classes, and those of one feature are one group.
/// </param>
/// <param name="ByClass">Features as far from their classes as those of unseen images, each of one class, for the detector; its validation
/// part has other features, which set the threshold.</param>
internal sealed record RehearsedSplit(LabeledSplit Rows, LabeledSplit ByClass)
{
    /// <param name="model">A model that remembers its classes.</param>
    /// <param name="earlierImages">The number of images that it learned from.</param>
    /// <param name="images">The new images; other classes than the model's come after these.</param>
    /// <param name="seed">Of the draws.</param>
    public static RehearsedSplit Of(ContinuedModel model, int earlierImages, LabeledSplit images, int seed)
    {
        double perClass = (double)earlierImages / model.Classes.Count;
        var training = Rehearsal.Of(model, perClass, seed);

        // Draws at the distances of unseen images let the detector reject the stated share of these; the head keeps the old classes better
        // with closer draws. The threshold is set by other draws than the detector is fitted to, in the proportion of the images.
        var known = Rehearsal.OfUnseen(model, perClass, seed);
        var held = Rehearsal.OfUnseen(model, perClass * images.Validation.Count / images.Train.Count, ~seed);
        (LabeledBottlenecks rows, int[] rowGroups) = training.Join(images.Train, images.GroupOfEachRow());
        return new RehearsedSplit(
            new LabeledSplit(images.Name, rows, images.Validation) { TrainGroups = rowGroups, Views = images.Views },
            new LabeledSplit(images.Name, known.JoinByClass(images.Train), held.JoinByClass(images.Validation)));
    }
}
