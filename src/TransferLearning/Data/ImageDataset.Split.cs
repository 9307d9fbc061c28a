using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Splits;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    /// <summary>
    /// Splits the images into training and validation, each class in the same proportion, by the content of each image: an image stays on
    /// its side when others are added, removed, renamed or reordered. Copies of an image stay together, and so do the images of one group.
    /// </summary>
    /// <param name="validationFraction">The share of the validation part, between 0 and 1, both exclusive.</param>
    /// <param name="seed">Another seed gives another split; the same seed always gives the same one.</param>
    /// <returns>Both parts, each in the order of the whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <remarks>
    /// <para>The sizes follow the fraction on average, not exactly. A class with at least two different images has at least one on each
    /// side: if the fraction leaves a small class without one (likely below 1 / fraction images), the image nearest to the border changes
    /// sides. It alone may change back when images of that class are added.</para>
    /// <para>Blocks: reads and hashes every image whose content is not yet known from an earlier split or extraction. An image that cannot
    /// be read is placed by its path; the extraction reports it and leaves it out.</para>
    /// </remarks>
    public DatasetSplit Split(double validationFraction, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validationFraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationFraction, 1);
        bool[] isValidation = StratifiedSplit.Assign(
            _labelIndices, ContentKeys(), [.. _images.Select(i => i.Group)], validationFraction, seed);
        int[] all = [.. Enumerable.Range(0, Count)];
        return new DatasetSplit(this, Array.FindAll(all, i => !isValidation[i]), Array.FindAll(all, i => isValidation[i]));
    }

    /// <summary>[Count]: the hash of each image's content. Reads the images whose content is not known yet.</summary>
    internal ContentKey[] ContentKeys() => [.. _images.AsParallel().AsOrdered().Select(Key)];

    /// <summary>[Count]: images with equal numbers must stay on one side of a split.</summary>
    internal int[] InseparableGroups() => InseparableImages.Group(ContentKeys(), [.. _images.Select(i => i.Group)]);

    private static ContentKey Key(LabeledImage image)
    {
        try
        {
            FileStamp? stamp = image.Stamp();
            if (image.KnownKey(stamp) is { } known)
            {
                return known;
            }

            var key = ContentKey.Of(image.ReadBytes());
            image.Remember(stamp, key);
            return key;
        }
        catch (Exception)
        {
            return ContentKey.Of(Encoding.UTF8.GetBytes(image.Path));
        }
    }
}
