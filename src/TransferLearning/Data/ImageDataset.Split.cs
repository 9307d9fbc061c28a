using System.Text;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Splits;

namespace TransferLearning.Data;

public sealed partial class ImageDataset
{
    /// <summary>
    /// Splits the images into training and validation, each class in the same proportion, by the content of each image: names and order do
    /// not matter, and an image stays on its side when others are added or removed, but for a few at the border. Copies of an image stay
    /// together, and so do the images of one group.
    /// </summary>
    /// <param name="validationFraction">The share of the validation part, between 0 and 1, both exclusive.</param>
    /// <param name="seed">Another seed gives another split; the same seed always gives the same one.</param>
    /// <returns>Both parts, each in the order of the whole.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    /// <remarks>
    /// <para>The images of each class are ordered by a hash of their content and the seed; the first ones, as many as the fraction says to
    /// the nearest whole number, are the validation part. With groups or copies, the numbers are as near as these allow. A class with at
    /// least two different images has at least one on each side. When images are added, some images near the border change sides:
    /// of a class that grows by a tenth, about one in a hundred.</para>
    /// <para>Blocks: reads and hashes every image whose content is not yet known from an earlier split or extraction. An image that cannot
    /// be read is placed by its path; the extraction reports it and leaves it out.</para>
    /// </remarks>
    public DatasetSplit Split(double validationFraction, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validationFraction, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validationFraction, 1);
        return Split(validationFraction, seed, []);
    }

    /// <summary>As <see cref="Split(double, int)"/>, but images that an earlier split has too, and copies of them, stay on the
    /// sides that they have there.</summary>
    /// <param name="validationFraction">0..1 exclusive.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="earlier">The training and the validation part of another data set; empty for none.</param>
    internal DatasetSplit Split(double validationFraction, int seed, IReadOnlyList<(ImageDataset Images, bool IsValidation)> earlier)
    {
        ContentKey[] keys = ContentKeys();
        var sides = new Dictionary<ContentKey, bool>();
        foreach ((ImageDataset images, bool isEarlierValidation) in earlier)
        {
            foreach (ContentKey key in images.ContentKeys().Concat(images.Images.Select(i => i.CopyOf).OfType<ContentKey>()))
            {
                sides.TryAdd(key, isEarlierValidation);
            }
        }

        bool[] isValidation = StratifiedSplit.Assign(
            _labelIndices,
            InseparableGroups(keys),
            SplitKeys(keys),
            validationFraction,
            seed,
            [.. keys.Select((key, i) => Side(key) ?? (_images[i].CopyOf is { } picture ? Side(picture) : null))]);
        int[] all = [.. Enumerable.Range(0, Count)];
        return new DatasetSplit(this, Array.FindAll(all, i => !isValidation[i]), Array.FindAll(all, i => isValidation[i]));

        bool? Side(ContentKey key) => sides.TryGetValue(key, out bool isOnValidation) ? isOnValidation : null;
    }

    /// <summary>[Count]: the hash of each image's content. Reads the images whose content is not known yet.</summary>
    internal ContentKey[] ContentKeys() => [.. _images.AsParallel().AsOrdered().Select(Key)];

    /// <summary>[Count]: the hash of each image's content when it was last read. Reads the images that were not read yet.</summary>
    internal ContentKey[] LastContentKeys() => [.. _images.AsParallel().AsOrdered().Select(i => i.LastKey ?? Key(i))];

    /// <summary>[Count]: images with equal numbers must stay on one side of a split.</summary>
    internal int[] InseparableGroups() => InseparableGroups(ContentKeys());

    /// <inheritdoc cref="InseparableGroups()"/>
    /// <param name="keys">[Count]: <see cref="ContentKeys"/>.</param>
    internal int[] InseparableGroups(ContentKey[] keys) => InseparableImages.Group(
        keys, [.. _images.Select(i => i.Group)], [.. _images.Select(i => i.CopyOf)], _labelIndices);

    /// <summary>[Count]: what a split places each image by: the hash of its group's name, else of its content.</summary>
    /// <param name="keys">[Count]: <see cref="ContentKeys"/>.</param>
    internal ContentKey[] SplitKeys(ContentKey[] keys) =>
        [.. keys.Select((key, i) => _images[i].Group is { } group ? ContentKey.Of(Encoding.UTF8.GetBytes(group)) : key)];

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
