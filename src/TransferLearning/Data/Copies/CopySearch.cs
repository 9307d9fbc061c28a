using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>
/// Finds images that show the same picture: saved again, resized, brightened, mirrored, turned by 90, 180 or 270 degrees, or cut by about a
/// tenth. Low frequencies find candidates; each is then aligned and compared pixel by pixel. Features of a network are no substitute: they
/// are similar for all pictures of one subject, and another network would divide a data set in another way.
/// </summary>
internal static class CopySearch
{
    /// <summary>The pairs of different contents that show the same picture, the most certain first.</summary>
    /// <param name="keys">[n]: the contents.</param>
    /// <param name="thumbnails">[n]: what the images look like; null where it is not known.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>Of images with the same content, only the first is in a pair.</remarks>
    public static IReadOnlyList<CopyPair> Find(
        IReadOnlyList<ContentKey> keys, IReadOnlyList<ImageThumbnail?> thumbnails, int threads, CancellationToken cancellationToken)
    {
        // By content, so that names and order of the images change nothing.
        int[] images = [.. Enumerable.Range(0, keys.Count).DistinctBy(i => keys[i]).OrderBy(i => keys[i].Part0).ThenBy(i => keys[i].Part1)];
        var spectra = new ThumbnailSpectrum?[images.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, images.Length, options, i => spectra[i] = thumbnails[images[i]] is { } known ? ThumbnailSpectrum.Of(known) : null);
        int[] usable = [.. Enumerable.Range(0, images.Length).Where(i => spectra[i] is not null)];
        CopyCandidate[][] candidates =
        [
            .. new CopyCandidates([.. usable.Select(i => spectra[i]!)]).Find(threads, cancellationToken)
                .GroupBy(c => c.First).Select(g => g.ToArray()),
        ];
        var found = new CopyPair[candidates.Length][];
        Parallel.For(0, candidates.Length, options, c => found[c] = Verify(candidates[c], i => images[usable[i]], thumbnails));
        return [.. found.SelectMany(f => f).OrderByDescending(p => p.Match.DetailCorrelation)];
    }

    /// <summary>The candidates of one image that are copies of it, each in the orientation that fits best.</summary>
    private static CopyPair[] Verify(CopyCandidate[] candidates, Func<int, int> position, IReadOnlyList<ImageThumbnail?> thumbnails)
    {
        int first = position(candidates[0].First);
        var comparison = new ThumbnailComparison(thumbnails[first]!);
        return
        [
            .. candidates
                .Select(c => (Candidate: c, Second: position(c.Second)))
                .Select(c => new CopyPair(
                    first,
                    c.Second,
                    c.Candidate.Orientation,
                    comparison.Compare(thumbnails[c.Second]!, c.Candidate.Orientation, c.Candidate.Correlation)))
                .Where(p => p.Match.IsCopy)
                .GroupBy(p => p.Second)
                .Select(g => g.MaxBy(p => p.Match.DetailCorrelation)),
        ];
    }
}
