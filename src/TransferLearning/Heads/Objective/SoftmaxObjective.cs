namespace TransferLearning.Heads.Objective;

/// <summary>
/// The weighted sum of cross-entropies of a softmax head over some rows, and its gradient. The rows are cut into segments whose number
/// depends only on the number of rows, and segments are added up in order: the sums are the same bits for any number of threads. Not
/// thread-safe.
/// </summary>
internal sealed class SoftmaxObjective
{
    private const int MaxSegments = 32;
    private const int MinSegmentRows = 64;

    private readonly PaddedMatrix _features;
    private readonly int[] _labels;
    private readonly float[] _weights;
    private readonly int _classes;
    private readonly float _labelSmoothing;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly List<SoftmaxSegment> _segments = [];

    /// <param name="features">[n, features], scaled.</param>
    /// <param name="labels">[n].</param>
    /// <param name="weights">[n]: how much each row counts.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="labelSmoothing">The share of each target that is spread over all classes.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends an evaluation, within milliseconds also where there are many rows.</param>
    public SoftmaxObjective(
        PaddedMatrix features,
        int[] labels,
        float[] weights,
        int classes,
        double labelSmoothing,
        int threads,
        CancellationToken cancellationToken = default)
    {
        (_features, _labels, _weights) = (features, labels, weights);
        (_classes, _labelSmoothing, _threads, _cancellationToken) = (classes, (float)labelSmoothing, threads, cancellationToken);
    }

    /// <summary>The losses over some rows.</summary>
    /// <exception cref="OperationCanceledException">The evaluation was canceled.</exception>
    public HeadLoss Evaluate(HeadParameters parameters, ReadOnlySpan<int> rows) => Run(parameters, rows, withGradient: false);

    /// <summary>The losses over some rows, and their gradient.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="rows">Row numbers, at least one.</param>
    /// <param name="gradient">Written in full; flat as in <see cref="HeadParameters.CopyTo"/>.</param>
    /// <exception cref="OperationCanceledException">The evaluation was canceled.</exception>
    public HeadLoss Evaluate(HeadParameters parameters, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        HeadLoss loss = Run(parameters, rows, withGradient: true);
        gradient.Clear();
        int count = SegmentCount(rows.Length);
        for (int s = 0; s < count; s++)
        {
            _segments[s].AddGradientTo(gradient);
        }

        return loss;
    }

    private static int SegmentCount(int rows) => Math.Clamp(rows / MinSegmentRows, 1, MaxSegments);

    private HeadLoss Run(HeadParameters parameters, ReadOnlySpan<int> rows, bool withGradient)
    {
        int count = SegmentCount(rows.Length);
        for (int s = 0, start = 0; s < count; s++)
        {
            if (s == _segments.Count)
            {
                _segments.Add(new SoftmaxSegment(_features, _labels, _weights, _classes, _labelSmoothing));
            }

            int end = (int)((long)rows.Length * (s + 1) / count);
            _segments[s].Take(rows[start..end]);
            start = end;
        }

        if (_threads == 1 || count == 1)
        {
            for (int s = 0; s < count; s++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                _segments[s].Run(parameters, withGradient);
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = _cancellationToken };
            Parallel.For(0, count, options, s => _segments[s].Run(parameters, withGradient));
        }

        var loss = default(HeadLoss);
        for (int s = 0; s < count; s++)
        {
            loss = loss.Add(_segments[s].Loss);
        }

        return loss;
    }
}
