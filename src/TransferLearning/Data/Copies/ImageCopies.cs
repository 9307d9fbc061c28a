using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Numerics;

namespace TransferLearning.Data.Copies;

/// <summary>The copies among images: of the same bytes, of the same picture, or by their names. Immutable.</summary>
internal sealed class ImageCopies
{
    private readonly IReadOnlyList<LabeledImage> _images;
    private readonly IReadOnlyList<ContentKey> _keys;
    private readonly int[] _numbers;
    private readonly ILookup<int, CopyChange> _changes;

    private ImageCopies(
        IReadOnlyList<LabeledImage> images, IReadOnlyList<ContentKey> keys, int[] numbers, ILookup<int, CopyChange> changes) =>
        (_images, _keys, _numbers, _changes) = (images, keys, numbers, changes);

    /// <summary>[n]: images with equal numbers are copies; an image without copies has its own number.</summary>
    public IReadOnlyList<int> Numbers => _numbers;

    /// <summary>Finds the copies.</summary>
    /// <param name="images">[n]: the images.</param>
    /// <param name="keys">[n]: their contents.</param>
    /// <param name="thumbnails">[n]: what they look like; null where it is not known.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ImageCopies Find(
        IReadOnlyList<LabeledImage> images,
        IReadOnlyList<ContentKey> keys,
        IReadOnlyList<ImageThumbnail?> thumbnails,
        int threads,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<CopyPair> pairs = CopySearch.Find(keys, thumbnails, threads, cancellationToken);
        int[] alike = CopyGroups.Number(keys, pairs, cancellationToken);
        var together = new DisjointSets(keys.Count);
        for (int i = 0; i < alike.Length; i++)
        {
            together.Join(i, alike[i]);
        }

        var changes = new List<(int Image, CopyChange Change)>(
            pairs.Where(p => alike[p.First] == alike[p.Second]).SelectMany(p => Changes(p).Select(c => (p.First, c))));
        foreach ((int first, int second) in NamedCopies.Find(images, thumbnails, cancellationToken))
        {
            if (together.Root(first) != together.Root(second))
            {
                together.Join(first, second);
                changes.Add((first, CopyChange.Augmented));
            }
        }

        int[] numbers = [.. Enumerable.Range(0, keys.Count).Select(together.Root)];
        return new ImageCopies(images, keys, numbers, changes.ToLookup(c => numbers[c.Image], c => c.Change));
    }

    /// <summary>The groups of at least two images, each in the order of the images; exact copies first.</summary>
    /// <param name="parts">[n]: copies in parts with different numbers are a leak.</param>
    public IReadOnlyList<DuplicateImages> Groups(IReadOnlyList<int> parts) =>
    [
        .. Enumerable.Range(0, _numbers.Length).GroupBy(i => _numbers[i]).Where(g => g.Skip(1).Any())
            .Select(g => Describe(g.Key, [.. g], parts)).OrderBy(d => d.Kind),
    ];

    private static IEnumerable<CopyChange> Changes(CopyPair pair)
    {
        if (pair.Orientation.IsMirrored())
        {
            yield return CopyChange.Mirrored;
        }

        if (pair.Orientation.IsRotated())
        {
            yield return CopyChange.Rotated;
        }

        if (!pair.Match.IsWhole)
        {
            yield return CopyChange.Cropped;
        }
    }

    private DuplicateImages Describe(int number, int[] group, IReadOnlyList<int> parts) => new()
    {
        Kind = group.All(i => _keys[i] == _keys[group[0]]) ? DuplicateKind.Exact : DuplicateKind.Near,
        Changes = [.. _changes[number].Distinct().Order()],
        Images = [.. group.Select(i => _images[i])],
        IsLeak = group.Any(i => parts[i] != parts[group[0]]),
    };
}
