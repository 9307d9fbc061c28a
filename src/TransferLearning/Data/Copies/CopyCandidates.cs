using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>
/// Finds, for each of many images, the few that are most likely copies of it, by their low frequencies. All pairs are compared, but each by
/// 16 numbers, many pairs at a time: 10,000 images take a tenth of a second, 100,000 a few seconds. Serves one run.
/// </summary>
internal sealed class CopyCandidates
{
    // Of copies cut by a tenth anywhere, 97 of 100 are nearer than this, with a correlation above that (benchmarks/reports/copies.md).
    private const float MaxDistance = 0.75f;
    private const float MinCorrelation = 0.5f;

    // Pairs whose frequencies are all compared, a fraction of a second: where more are within the distance, it is made smaller.
    private const double MaxNearPairs = 3e6;
    private const int Sample = 20_000;

    // Pairs that are compared pixel by pixel, of one image and of all: the most similar ones. A pair costs as much as 80,000 comparisons of
    // low frequencies, so that large sets get fewer.
    private const int MaxPerImage = 8;
    private const int MaxPairs = 20_000;
    private const int MinPairs = 8_000;
    private const int ImagesPerPair = 4;
    private const int Queries = 4;

    // Images that are compared with all others in one piece of work, and others that are compared with all of these before the next ones:
    // 64 KB, which stay in the processor's cache.
    private const int Chunk = 128;
    private const int Tile = 1024;

    // Of one pair, the two most likely orientations: a symmetrical picture correlates in several.
    private const int MaxOrientations = 2;

    private readonly ThumbnailSpectrum[] _spectra;
    private readonly int _padded;
    private readonly float[] _columns;
    private readonly float[] _halfSquares;

    /// <param name="spectra">Of the images.</param>
    public CopyCandidates(ThumbnailSpectrum[] spectra)
    {
        _spectra = spectra;
        _padded = (spectra.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        (_columns, _halfSquares) = (new float[ThumbnailSpectrum.InvariantCount * _padded], new float[_padded]);
        _halfSquares.AsSpan(spectra.Length).Fill(float.MaxValue);
        for (int i = 0; i < spectra.Length; i++)
        {
            for (int d = 0; d < ThumbnailSpectrum.InvariantCount; d++)
            {
                float value = spectra[i].Invariants[d];
                _columns[(d * _padded) + i] = value;
                _halfSquares[i] += value * value / 2;
            }
        }
    }

    /// <summary>The candidates, in no particular order.</summary>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ImmutableArray<CopyCandidate> Find(int threads, CancellationToken cancellationToken)
    {
        float distance = ChooseDistance();
        var found = new CopyCandidate[_spectra.Length][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, (_spectra.Length + Chunk - 1) / Chunk, options, chunk => ScanChunk(chunk * Chunk, distance, found));
        return [.. found.SelectMany(f => f).OrderByDescending(c => c.Correlation).Take(PairsFor(_spectra.Length))];
    }

    private static int PairsFor(int images) => Math.Max(MinPairs, MaxPairs - (images / ImagesPerPair));

    /// <summary>The largest distance that leaves few enough pairs, by pairs drawn evenly.</summary>
    private float ChooseDistance()
    {
        double pairs = _spectra.Length * (_spectra.Length - 1.0) / 2;
        if (pairs <= MaxNearPairs)
        {
            return MaxDistance;
        }

        float[] distances = new float[Sample];
        ulong state = 1;
        for (int i = 0; i < Sample; i++)
        {
            distances[i] = MathF.Sqrt(Squared(Next(ref state), Next(ref state)));
        }

        Array.Sort(distances);
        return MathF.Min(MaxDistance, distances[(int)(Sample * MaxNearPairs / pairs)]);
    }

    // Knuth's linear congruential generator: the draw must be the same on every run.
    private int Next(ref ulong state)
    {
        state = (state * 6364136223846793005) + 1442695040888963407;
        return (int)((state >> 33) % (ulong)_spectra.Length);
    }

    private float Squared(int one, int other)
    {
        float sum = 0;
        for (int d = 0; d < ThumbnailSpectrum.InvariantCount; d++)
        {
            float difference = _spectra[one].Invariants[d] - _spectra[other].Invariants[d];
            sum += difference * difference;
        }

        return sum;
    }

    private void ScanChunk(int first, float distance, CopyCandidate[][] found)
    {
        int end = Math.Min(first + Chunk, _spectra.Length);
        NearestImages[] nearest =
        [
            .. Enumerable.Range(first, end - first)
                .Select(i => new NearestImages(i, _spectra, MaxPerImage, MinCorrelation, MaxOrientations)),
        ];
        for (int tile = first / Tile * Tile; tile < _padded; tile += Tile)
        {
            for (int query = first; query < end; query += Queries)
            {
                Scan(query, distance, Math.Max(tile, query), Math.Min(tile + Tile, _padded), nearest.AsSpan(query - first));
            }
        }

        for (int i = first; i < end; i++)
        {
            found[i] = nearest[i - first].ToArray();
        }
    }

    /// <summary>
    /// Compares four images with a range of those that follow them. Shapes: four queries [16], images [16, n]; loop order images (vectors),
    /// numbers, queries. A squared distance below a limit is a product above half the squares less the limit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(int first, float distance, int from, int end, Span<NearestImages> nearest)
    {
        const int Numbers = ThumbnailSpectrum.InvariantCount;
        Span<Vector<float>> queries = stackalloc Vector<float>[Queries * Numbers];
        Span<Vector<float>> limits = stackalloc Vector<float>[Queries];
        for (int q = 0; q < Queries; q++)
        {
            // The last images are fewer than four: the limit leaves none for the places that are too many.
            bool isImage = q < nearest.Length;
            for (int d = 0; isImage && d < Numbers; d++)
            {
                queries[(d * Queries) + q] = new Vector<float>(_columns[(d * _padded) + first + q]);
            }

            limits[q] = new Vector<float>(isImage ? _halfSquares[first + q] - (distance * distance / 2) : float.PositiveInfinity);
        }

        ReadOnlySpan<Vector<float>> columns = MemoryMarshal.Cast<float, Vector<float>>(_columns);
        ReadOnlySpan<Vector<float>> halfSquares = MemoryMarshal.Cast<float, Vector<float>>(_halfSquares);
        int stride = _padded / Vector<float>.Count;
        for (int v = from / Vector<float>.Count; v < end / Vector<float>.Count; v++)
        {
            Vector<float> a = -halfSquares[v], b = a, c = a, e = a;
            for (int d = 0; d < Numbers; d++)
            {
                Vector<float> column = columns[(d * stride) + v];
                a = Vector.FusedMultiplyAdd(column, queries[d * Queries], a);
                b = Vector.FusedMultiplyAdd(column, queries[(d * Queries) + 1], b);
                c = Vector.FusedMultiplyAdd(column, queries[(d * Queries) + 2], c);
                e = Vector.FusedMultiplyAdd(column, queries[(d * Queries) + 3], e);
            }

            Vector<int> any = Vector.GreaterThan(a, limits[0]) | Vector.GreaterThan(b, limits[1])
                | Vector.GreaterThan(c, limits[2]) | Vector.GreaterThan(e, limits[3]);
            if (any != Vector<int>.Zero)
            {
                Take(a, limits[0], v, nearest, 0);
                Take(b, limits[1], v, nearest, 1);
                Take(c, limits[2], v, nearest, 2);
                Take(e, limits[3], v, nearest, 3);
            }
        }
    }

    private static void Take(Vector<float> products, Vector<float> limit, int v, Span<NearestImages> nearest, int query)
    {
        if (Vector.GreaterThanAny(products, limit))
        {
            nearest[query].Add(products, limit[0], v * Vector<float>.Count);
        }
    }
}
