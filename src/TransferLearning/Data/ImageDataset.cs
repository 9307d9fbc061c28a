using System.Collections.Immutable;
using TransferLearning.Data.Images;
using TransferLearning.Data.Layouts;

namespace TransferLearning.Data;

/// <summary>
/// A list of images with their labels: from a folder, a manifest, an archive, or memory. The order is the same on every platform.
/// Immutable.
/// </summary>
/// <remarks>
/// Thread-safe. Images are read when they are used, not when the data set is opened, and are not kept in memory. There is nothing to
/// dispose of: an archive's file handle is closed when none of its images is referenced any more.
/// </remarks>
/// <example>
/// <code>
/// ImageDataset data = ImageDataset.Open("photos/");
/// DatasetSplit split = data.Split(validationFraction: 0.2, seed: 0);
/// </code>
/// </example>
public sealed partial class ImageDataset
{
    private readonly ImmutableArray<LabeledImage> _images;
    private readonly ImmutableArray<DatasetFinding> _findings;
    private readonly ImmutableArray<string> _labels;
    private readonly int[] _labelIndices;

    private ImageDataset(UnderstoodData data)
        : this(data.Name, data.Images, data.Findings, data.Layout, [.. data.Layout.Classes.Select(c => c.Name)])
    {
    }

    private ImageDataset(
        string name,
        ImmutableArray<LabeledImage> images,
        ImmutableArray<DatasetFinding> findings,
        DatasetLayout layout,
        ImmutableArray<string> labels)
    {
        (Name, _images, _findings, Layout, _labels) = (name, images, findings, layout, labels);
        var indices = new Dictionary<string, int>(labels.Length, StringComparer.Ordinal);
        foreach (string label in labels)
        {
            indices.Add(label, indices.Count);
        }

        _labelIndices = new int[images.Length];
        for (int i = 0; i < _labelIndices.Length; i++)
        {
            _labelIndices[i] = images[i].Label is { } label && indices.TryGetValue(label, out int index) ? index : -1;
        }
    }

    /// <summary>The folder, manifest or archive that the images came from, for messages.</summary>
    public string Name { get; }

    /// <summary>The images. In a folder or archive: in ordinal order of their paths; otherwise in the order given.</summary>
    public IReadOnlyList<LabeledImage> Images => _images;

    /// <summary>The number of images.</summary>
    public int Count => _images.Length;

    /// <summary>
    /// The classes, in ordinal order. A part of a data set keeps the classes of the whole, even one that it has no image of.
    /// </summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>[Count]: the class of each image as an index into <see cref="Labels"/>; -1 for none.</summary>
    public ReadOnlySpan<int> LabelIndices => _labelIndices;

    /// <summary>True if every image has a label.</summary>
    public bool IsLabeled => Array.IndexOf(_labelIndices, -1) < 0;

    /// <summary>What was left out, or is odd, among the listed files.</summary>
    public IReadOnlyList<DatasetFinding> Findings => _findings;

    /// <summary>
    /// What was understood of the folders and files when the data set was opened: its <see cref="DatasetLayout.ToString"/> is a text to
    /// show. A part of a data set has the layout of the whole.
    /// </summary>
    public DatasetLayout Layout { get; }

    /// <summary>
    /// The split that the data set itself defines (folders <c>train</c> and <c>val</c> or <c>test</c>, or a manifest's column
    /// <c>split</c>); null if it defines none. If it has both <c>val</c> and <c>test</c>, <c>val</c> is the validation part. Images without
    /// a label are in neither part.
    /// </summary>
    public DatasetSplit? OwnSplit
    {
        get
        {
            int[] train = Positions(DatasetSubset.Train, onlyLabeled: true);
            int[] validation = Positions(DatasetSubset.Validation, onlyLabeled: true);
            if (validation.Length == 0)
            {
                validation = Positions(DatasetSubset.Test, onlyLabeled: true);
            }

            return train.Length > 0 && validation.Length > 0 ? new DatasetSplit(this, train, validation) : null;
        }
    }

    /// <summary>The images whose <see cref="LabeledImage.Subset"/> is the one given; the result may be empty.</summary>
    /// <param name="subset">The subset.</param>
    public ImageDataset OfSubset(DatasetSubset subset) => Select(Positions(subset));

    /// <summary>Some of the images, in the order given; <see cref="Labels"/> stay the same.</summary>
    /// <param name="indices">Positions in <see cref="Images"/>; a position may occur more than once.</param>
    public ImageDataset Select(ReadOnlySpan<int> indices)
    {
        ImmutableArray<LabeledImage>.Builder images = ImmutableArray.CreateBuilder<LabeledImage>(indices.Length);
        foreach (int index in indices)
        {
            images.Add(_images[index]);
        }

        return With(images.MoveToImmutable());
    }

    /// <summary>
    /// The same images with other <see cref="Labels"/>, so that label indices agree with those of another data set or a model.
    /// </summary>
    /// <param name="labels">The classes, each once. Images of other classes get the label index -1.</param>
    /// <exception cref="ArgumentException">A class occurs twice.</exception>
    public ImageDataset WithLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        string? twice = labels.GroupBy(l => l, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? new ImageDataset(Name, _images, _findings, Layout, [.. labels])
            : throw new ArgumentException($"the class '{twice}' occurs twice", nameof(labels));
    }

    /// <summary>The same images, grouped by a column of their manifest.</summary>
    /// <param name="column">The column's name in the header.</param>
    /// <exception cref="TransferLearningException">No image has such a column; the message lists those that exist.</exception>
    public ImageDataset WithGroups(string column)
    {
        if (_images.Any(i => i.Columns.ContainsKey(column)))
        {
            return With([.. _images.Select(i => i.WithGroup(i.Columns.GetValueOrDefault(column)))]);
        }

        string[] columns = [.. _images.SelectMany(i => i.Columns.Keys).Distinct()];
        throw new TransferLearningException(columns.Length == 0
            ? $"'{Name}' has no column '{column}': groups come from a manifest with a header row"
            : $"'{Name}' has no column '{column}': it has {string.Join(", ", columns)}");
    }

    /// <summary>The name, the number of images and of classes.</summary>
    public override string ToString() => $"{Name}: {Count} images, {Labels.Count} classes";

    /// <summary>The same images, which stay together in a division where they are copies of the same picture.</summary>
    /// <param name="copyOf">[Count]: the content of the picture; null for an image without copies.</param>
    internal ImageDataset WithCopies(IReadOnlyList<ContentKey?> copyOf) =>
        With([.. _images.Select((image, i) => copyOf[i] == image.CopyOf ? image : image.WithCopyOf(copyOf[i]))]);

    /// <summary>
    /// The images without those of a validation or test part that have no label: people publish them beside training images, for others to
    /// predict.
    /// </summary>
    internal ImageDataset WithoutUnlabeledParts()
    {
        int[] kept =
        [
            .. Enumerable.Range(0, Count).Where(i =>
                _images[i].Label is not null || _images[i].Subset is DatasetSubset.Unspecified or DatasetSubset.Train),
        ];
        return kept.Length == Count || kept.Length == 0 ? this : Select(kept);
    }

    private int[] Positions(DatasetSubset subset, bool onlyLabeled = false) =>
        [.. Enumerable.Range(0, Count).Where(i => _images[i].Subset == subset && !(onlyLabeled && _images[i].Label is null))];

    private ImageDataset With(ImmutableArray<LabeledImage> images) => new(Name, images, _findings, Layout, _labels);
}
