using System.Numerics;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Copies;

/// <summary>The images that correlate most with one, in any orientation. Serves one image.</summary>
internal sealed class NearestImages
{
    private readonly int _image;
    private readonly ThumbnailSpectrum[] _spectra;
    private readonly float _minCorrelation;
    private readonly int _maxOrientations;
    private readonly CopyCandidate[] _nearest;
    private readonly float[] _transposed = new float[ThumbnailSpectrum.Length];
    private int _count;

    /// <param name="image">The position of the image.</param>
    /// <param name="spectra">Of all images.</param>
    /// <param name="count">The number that is kept.</param>
    /// <param name="minCorrelation">The smallest correlation that is kept.</param>
    /// <param name="maxOrientations">The number of orientations that are kept of one image.</param>
    public NearestImages(int image, ThumbnailSpectrum[] spectra, int count, float minCorrelation, int maxOrientations)
    {
        (_image, _spectra, _minCorrelation, _maxOrientations) = (image, spectra, minCorrelation, maxOrientations);
        _nearest = new CopyCandidate[count];
        ThumbnailSpectrum.Transpose(spectra[image].Values, _transposed);
    }

    /// <summary>Adds the images, after this one, whose product is above the limit.</summary>
    /// <param name="products">Of some images.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="first">The position of the first of them.</param>
    public void Add(Vector<float> products, float limit, int first)
    {
        Span<float> values = stackalloc float[Vector<float>.Count];
        products.CopyTo(values);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > limit && first + i > _image)
            {
                Add(first + i);
            }
        }
    }

    /// <summary>The nearest ones, the nearest first.</summary>
    public CopyCandidate[] ToArray() => _nearest[.._count];

    private void Add(int other)
    {
        Span<float> correlations = stackalloc float[Orientations.Count];
        ThumbnailSpectrum.Correlate(_spectra[_image].Values, _transposed, _spectra[other].Values, correlations);
        for (int n = 0; n < _maxOrientations; n++)
        {
            int best = 0;
            for (int o = 1; o < Orientations.Count; o++)
            {
                best = correlations[o] > correlations[best] ? o : best;
            }

            if (!Insert(new CopyCandidate(_image, other, (Orientation)best, correlations[best])))
            {
                return;
            }

            correlations[best] = float.NegativeInfinity;
        }
    }

    private bool Insert(CopyCandidate candidate)
    {
        bool isFull = _count == _nearest.Length;
        if (candidate.Correlation < _minCorrelation || (isFull && candidate.Correlation <= _nearest[^1].Correlation))
        {
            return false;
        }

        int at = isFull ? _count - 1 : _count++;
        for (; at > 0 && _nearest[at - 1].Correlation < candidate.Correlation; at--)
        {
            _nearest[at] = _nearest[at - 1];
        }

        _nearest[at] = candidate;
        return true;
    }
}
