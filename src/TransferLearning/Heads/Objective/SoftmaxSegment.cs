namespace TransferLearning.Heads.Objective;

/// <summary>
/// A run of rows that one thread works on, with the sums over them. It processes its rows in blocks that stay in the second-level cache,
/// so that the features are read from memory once for both matrix products. Not thread-safe.
/// </summary>
internal sealed class SoftmaxSegment(PaddedMatrix features, int[] labels, float[] weights, int classes, float labelSmoothing)
{
    private const int BlockBytes = 256 * 1024;

    private readonly int _logitStride = SoftmaxRows.Stride(classes);
    private readonly int _blockRows = Math.Clamp(BlockBytes / sizeof(float) / features.Stride, 16, 256) & ~3;
    private readonly double[] _biasGradient = new double[classes];
    private PaddedMatrix? _weightGradient;
    private float[] _logits = [];
    private int[] _rows = [];
    private nint[] _offsets = [];
    private int _count;

    public HeadLoss Loss { get; private set; }

    /// <summary>Sets the rows to work on.</summary>
    public void Take(ReadOnlySpan<int> rows)
    {
        if (_rows.Length < rows.Length)
        {
            (_rows, _offsets) = (new int[rows.Length], new nint[rows.Length]);
            _logits = new float[Math.Min(_blockRows, rows.Length) * _logitStride];
        }

        _count = rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            _rows[i] = rows[i];
            _offsets[i] = (nint)rows[i] * features.Stride;
        }
    }

    public void Run(HeadParameters parameters, bool withGradient)
    {
        if (withGradient)
        {
            _weightGradient ??= new PaddedMatrix(classes, features.Columns);
            _weightGradient.Values.Clear();
            Array.Clear(_biasGradient);
        }

        Loss = default;
        for (int start = 0; start < _count; start += _blockRows)
        {
            int count = Math.Min(_blockRows, _count - start);
            ReadOnlySpan<nint> offsets = _offsets.AsSpan(start, count);
            HeadKernels.Logits(features, offsets, parameters.Weights, parameters.Bias, _logits, _logitStride);
            for (int i = 0; i < count; i++)
            {
                Span<float> row = _logits.AsSpan(i * _logitStride, _logitStride);
                Loss = Loss.Add(ToResiduals(row, labels[_rows[start + i]], weights[_rows[start + i]]));
                for (int c = 0; withGradient && c < classes; c++)
                {
                    _biasGradient[c] += row[c];
                }
            }

            if (withGradient)
            {
                HeadKernels.AddGradient(features, offsets, _logits, _logitStride, _weightGradient!);
            }
        }
    }

    public void AddGradientTo(Span<double> flat)
    {
        ReadOnlySpan<float> values = _weightGradient!.Values;
        for (int i = 0; i < values.Length; i++)
        {
            flat[i] += values[i];
        }

        for (int c = 0; c < classes; c++)
        {
            flat[values.Length + c] += _biasGradient[c];
        }
    }

    /// <summary>Logits become weight * (probability - target): the derivative of the loss by each logit.</summary>
    private HeadLoss ToResiduals(Span<float> row, int label, float weight)
    {
        double target = (1 - labelSmoothing) * row[label];
        float spread = labelSmoothing / classes;
        for (int c = 0; labelSmoothing > 0 && c < classes; c++)
        {
            target += spread * row[c];
        }

        int predicted = SoftmaxRows.Largest(row, classes);
        float logSum = SoftmaxRows.Apply(row, classes);
        for (int c = 0; c < classes; c++)
        {
            row[c] = weight * (row[c] - spread);
        }

        row[label] -= weight * (1 - labelSmoothing);
        return new HeadLoss(weight * (logSum - target), weight, predicted == label ? 1 : 0, 1);
    }
}
