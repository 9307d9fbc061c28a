using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Splits;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    /// <summary>
    /// Divides the images into training and validation, each class in the same proportion, by the content of each image: an image stays on
    /// its side when others are added, removed, renamed or reordered, and copies of an image, like the images of one group, are never
    /// parted. A class with at least two different images has at least one on each side; where the fraction alone gives a small
    /// class none (likely below 1 / fraction images), the image nearest to the border changes sides, and it alone may change back
    /// when images of that class are added. The sizes follow the fraction on average, not exactly.
    /// </summary>
    /// <param name="validationFraction">The share of the validation set, between 0 and 1, both exclusive.</param>
    /// <param name="seed">Another seed gives another division.</param>
    /// <returns>Both parts, each in the order of the whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <remarks>Reads and hashes every image that no extraction from this object has read yet. An image that cannot be read is placed
    /// by its
    /// path: the extraction names it and leaves it out.</remarks>
    public DatasetSplit Split(double validationFraction, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validationFraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationFraction, 1);
        bool[] isValidation = StratifiedSplit.Assign(
            _labelIndices, ContentKeys(), [.. _images.Select(i => i.Group)], validationFraction, seed);
        int[] all = [.. Enumerable.Range(0, Count)];
        return new DatasetSplit(this, Array.FindAll(all, i => !isValidation[i]), Array.FindAll(all, i => isValidation[i]));
    }

    /// <summary>What each image is; [Count]. Reads the images whose content is not known yet.</summary>
    internal ContentKey[] ContentKeys() => [.. _images.AsParallel().AsOrdered().Select(Key)];

    private static ContentKey Key(LabeledImage image)
    {
        FileStamp? stamp = image.Stamp();
        if (image.KnownKey(stamp) is { } known)
        {
            return known;
        }

        try
        {
            var key = ContentKey.Of(image.ReadBytes());
            image.Remember(stamp, key);
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return ContentKey.Of(Encoding.UTF8.GetBytes(image.Path));
        }
    }
}
