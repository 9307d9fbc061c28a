using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>
/// Finds copies by their names: strongly changed ones look too different. Names count only among images of one class in one folder.
/// </summary>
internal static class NamedCopies
{
    // Of the low frequencies, in any orientation; without the name, copies must agree pixel by pixel.
    private const float MinCorrelation = 0.85f;

    /// <summary>The pairs of positions of images that are copies by their names: an original, or its first copy, and another.</summary>
    /// <param name="images">[n]: the images.</param>
    /// <param name="thumbnails">[n]: what they look like; null where it is not known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static IEnumerable<(int First, int Second)> Find(
        IReadOnlyList<LabeledImage> images,
        IReadOnlyList<ImageThumbnail?> thumbnails,
        CancellationToken cancellationToken = default)
    {
        var originals = new Dictionary<(string Folder, string? Label, string Name), int>();
        var copies = new Dictionary<(string Folder, string? Label, string Name), List<(int Image, CopyNameEvidence Evidence)>>();
        for (int i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (string folder, string name) = Split(images[i]);
            originals.TryAdd((folder, images[i].Label, name), i);
            if (CopyName.Read(name) is { } copy)
            {
                (string, string?, string) key = (folder, images[i].Label, Fold(copy.Base));
                if (!copies.TryGetValue(key, out List<(int, CopyNameEvidence)>? ofBase))
                {
                    copies[key] = ofBase = [];
                }

                ofBase.Add((i, copy.Evidence));
            }
        }

        foreach (((string, string?, string) key, List<(int Image, CopyNameEvidence Evidence)> ofBase) in copies)
        {
            bool hasOriginal = originals.TryGetValue(key, out int original);
            int first = hasOriginal ? original : ofBase.Find(c => c.Evidence == CopyNameEvidence.Copy).Image;
            foreach ((int image, CopyNameEvidence evidence) in ofBase.Where(c => c.Image != first))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (evidence switch
                {
                    CopyNameEvidence.Copy => true,
                    CopyNameEvidence.Change => hasOriginal,
                    CopyNameEvidence.Number => hasOriginal && AreAlike(thumbnails[first], thumbnails[image]),
                    _ => throw new NotSupportedException($"the evidence {evidence} is not supported"),
                })
                {
                    yield return (first, image);
                }
            }
        }
    }

    /// <summary>The folder and the name. In a data set with parts, folders of the same name in several parts count as one.</summary>
    private static (string Folder, string Name) Split(LabeledImage image)
    {
        string path = image.Path;
        int slash = path.AsSpan().LastIndexOfAny('/', '\\'), dot = path.LastIndexOf('.');
        string folder = slash < 0 ? "" : path[..slash];
        if (image.Subset != DatasetSubset.Unspecified)
        {
            folder = folder[(folder.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        }

        return (folder, Fold(path[(slash + 1)..(dot > slash + 1 ? dot : path.Length)]));
    }

    private static string Fold(string name) => name.ToUpperInvariant();

    private static bool AreAlike(ImageThumbnail? one, ImageThumbnail? other)
    {
        if (one is null || other is null || ThumbnailSpectrum.Of(one) is not { } first || ThumbnailSpectrum.Of(other) is not { } second)
        {
            return false;
        }

        Span<float> transposed = stackalloc float[ThumbnailSpectrum.Length], correlations = stackalloc float[Orientations.Count];
        ThumbnailSpectrum.Transpose(first.Values, transposed);
        ThumbnailSpectrum.Correlate(first.Values, transposed, second.Values, correlations);
        return correlations.ToArray().Max() >= MinCorrelation;
    }
}
