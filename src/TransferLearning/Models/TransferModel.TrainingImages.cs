using TransferLearning.Data;
using TransferLearning.Models.TrainingImages;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// True where the model keeps hashes of the images that it was trained on. Models of
    /// <see cref="TransferPipeline{TResult}.WithoutTrainingHashes"/>, of earlier versions and of other tools keep none.
    /// </summary>
    public bool KeepsTrainingHashes => _metadata.TrainingHashes is not null;

    internal TrainingHashes? TrainingHashes => _metadata.TrainingHashes;

    /// <summary>
    /// Counts the images of a data set that the model was trained on: how accurate it is on these says nothing about new photos. Blocks.
    /// </summary>
    /// <param name="data">The images, with or without labels.</param>
    /// <returns>The numbers; null where the model does not keep hashes (<see cref="KeepsTrainingHashes"/>).</returns>
    /// <remarks>
    /// Reads and hashes every image whose content is not yet known from an evaluation, an extraction or a split. An image that cannot be
    /// read counts as one that the model was not trained on.
    /// </remarks>
    public TrainingOverlap? FindTrainingImages(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return _metadata.TrainingHashes?.Find(data.ContentKeys());
    }
}
