using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Data.Thumbnails;

/// <summary>The sums, over the pixels of two pictures, that their correlation is made of. Mutable.</summary>
internal struct PairSums
{
    private float _count;
    private float _first;
    private float _second;
    private float _firstSquares;
    private float _secondSquares;
    private float _products;

    public readonly float FirstMean => _count > 0 ? _first / _count : 0;

    public readonly float SecondMean => _count > 0 ? _second / _count : 0;

    /// <summary>The standard deviation of the second picture.</summary>
    public readonly float SecondDeviation => _count > 0 ? MathF.Sqrt(MathF.Max(0, SecondVariance / _count)) : 0;

    /// <summary>The factor that brings the contrast of the first picture to that of the second.</summary>
    public readonly float Gain => FirstVariance > 0 ? Covariance / FirstVariance : 0;

    /// <summary>Pearson's correlation, -1..1; 0 if one of them has no contrast.</summary>
    public readonly float Correlation =>
        FirstVariance > 0 && SecondVariance > 0 ? Covariance / MathF.Sqrt(FirstVariance * SecondVariance) : 0;

    private readonly float FirstVariance => _firstSquares - (_first * FirstMean);

    private readonly float SecondVariance => _secondSquares - (_second * SecondMean);

    private readonly float Covariance => _products - (_first * SecondMean);

    /// <summary>Adds pixels of both pictures, the same number of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(first);
        ReadOnlySpan<Vector<float>> b = MemoryMarshal.Cast<float, Vector<float>>(second);
        Vector<float> sumA = default, sumB = default, squaresA = default, squaresB = default, products = default;
        for (int v = 0; v < a.Length; v++)
        {
            sumA += a[v];
            sumB += b[v];
            squaresA = Vector.FusedMultiplyAdd(a[v], a[v], squaresA);
            squaresB = Vector.FusedMultiplyAdd(b[v], b[v], squaresB);
            products = Vector.FusedMultiplyAdd(a[v], b[v], products);
        }

        _count += first.Length;
        _first += Vector.Sum(sumA);
        _second += Vector.Sum(sumB);
        _firstSquares += Vector.Sum(squaresA);
        _secondSquares += Vector.Sum(squaresB);
        _products += Vector.Sum(products);
        for (int i = a.Length * Vector<float>.Count; i < first.Length; i++)
        {
            _first += first[i];
            _second += second[i];
            _firstSquares += first[i] * first[i];
            _secondSquares += second[i] * second[i];
            _products += first[i] * second[i];
        }
    }
}
