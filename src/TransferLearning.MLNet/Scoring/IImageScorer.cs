using TransferLearning.Data;

namespace TransferLearning.MLNet.Scoring;

/// <summary>Runs a network on the images of rows. Implementations are thread-safe.</summary>
internal interface IImageScorer
{
    /// <summary>
    /// The values for an image; <see cref="ImageScores.None"/> where it cannot be read or decoded, so that one bad file costs one row.
    /// </summary>
    ImageScores Score(LabeledImage image);
}
