using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Copies;
using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Strategies.NearCopies;

/// <summary>
/// Marks the copies among the images of a run, also those of images of its earlier data sets, and describes where they ended up. Serves one
/// run.
/// </summary>
internal sealed class CopyTracking(int threads, CancellationToken cancellationToken)
{
    private readonly List<LabeledImage> _images = [];
    private readonly List<ContentKey> _contents = [];
    private readonly List<ImageThumbnail?> _thumbnails = [];
    private readonly List<int> _parts = [];
    private ImageCopies? _copies;

    /// <summary>The summary with the groups of copies found so far, each with whether it is divided, and what the user should know about
    /// them.</summary>
    public ExtractionSummary AddTo(ExtractionSummary summary)
    {
        IReadOnlyList<DuplicateImages> groups = _copies?.Groups(_parts) ?? [];
        var parts = new Dictionary<LabeledImage, int>(ReferenceEqualityComparer.Instance);
        foreach ((LabeledImage image, int part) in _images.Zip(_parts))
        {
            parts.TryAdd(image, part);
        }

        return summary.Warn(CopyNotes.Of(groups, image => parts[image])) with { Copies = groups };
    }

    /// <summary>The same extraction, its images marked with the pictures that they are copies of.</summary>
    public Extraction Mark(Extraction extraction)
    {
        int first = _images.Count;
        _images.AddRange(extraction.Images.Images);
        _contents.AddRange(extraction.Contents);
        _thumbnails.AddRange(extraction.Thumbnails);
        _parts.AddRange(Enumerable.Repeat(0, extraction.Images.Count));
        _copies = ImageCopies.Find(_images, _contents, _thumbnails, threads, cancellationToken);
        var pictures = new Dictionary<int, ContentKey>();
        for (int i = 0; i < first; i++)
        {
            pictures.TryAdd(_copies.Numbers[i], _images[i].CopyOf ?? _contents[i]);
        }

        // The smallest key, so that the order of the images does not matter.
        IEnumerable<int> added = Enumerable.Range(first, _images.Count - first);
        foreach (IGrouping<int, int> group in added.GroupBy(i => _copies.Numbers[i]).Where(g => g.Skip(1).Any()))
        {
            pictures.TryAdd(group.Key, group.Min(i => _contents[i]));
        }

        ContentKey?[] copyOf =
            [.. added.Select(i => pictures.TryGetValue(_copies.Numbers[i], out ContentKey key) ? (ContentKey?)key : null)];
        Extraction marked = extraction.WithImages(extraction.Images.WithCopies(copyOf));
        for (int i = first; i < _images.Count; i++)
        {
            _images[i] = marked.Images.Images[i - first];
        }

        return marked;
    }

    /// <summary>Notes which of the marked images a part has; the others are in part 0.</summary>
    /// <param name="images">Images that were marked.</param>
    /// <param name="part">Their part.</param>
    public void Assign(ImageDataset images, int part)
    {
        var assigned = new HashSet<LabeledImage>(images.Images, ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _images.Count; i++)
        {
            if (assigned.Contains(_images[i]))
            {
                _parts[i] = part;
            }
        }
    }
}
