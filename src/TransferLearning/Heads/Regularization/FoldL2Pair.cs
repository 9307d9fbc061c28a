using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Regularization;

/// <summary>Two blocks of folds, and the heads trained without the images of either. Not thread-safe.</summary>
internal sealed class FoldL2Pair
{
    private readonly FeatureStandardization _standardization;
    private readonly L2Path _path;
    private readonly int[] _firstRows;
    private readonly int[] _secondRows;
    private readonly Dictionary<double, LinearHead> _heads = [];
    private HeadLoss _firstLoss;
    private HeadLoss _secondLoss;

    /// <param name="data">All rows.</param>
    /// <param name="images">The number of first rows that are images; the others are only learned from.</param>
    /// <param name="rowsOf">The rows of each block.</param>
    /// <param name="first">A block.</param>
    /// <param name="second">Another block.</param>
    /// <param name="options">How heads are trained.</param>
    /// <param name="cancellationToken">Ends a training.</param>
    public FoldL2Pair(
        LabeledBottlenecks data,
        int images,
        ILookup<int, int> rowsOf,
        int first,
        int second,
        SoftmaxRetrainerOptions options,
        CancellationToken cancellationToken)
    {
        (First, Second) = (first, second);
        int[] train = [.. rowsOf.Where(b => b.Key != first && b.Key != second).SelectMany(b => b).Order()];
        int[] firstImages = [.. rowsOf[first].Where(r => r < images)], secondImages = [.. rowsOf[second].Where(r => r < images)];
        int[] rows = [.. train, .. firstImages, .. secondImages];
        LabeledBottlenecks training = data.Select(train), all = data.Select(rows);
        _standardization = FeatureStandardization.Measure(training.Bottlenecks, options.FeatureScaling);
        PaddedMatrix features = _standardization.Apply(all.Bottlenecks);
        int[] labels = all.Labels.ToArray();

        // A class that is not among the training rows has weight 0: nothing can be learned about it, so its rows must not be validated on.
        float[] classWeights = new float[data.ClassNames.Count];
        float[] weights = options.ClassWeights.RowWeights(training);
        for (int i = 0; i < weights.Length; i++)
        {
            classWeights[labels[i]] = weights[i];
        }

        weights = [.. labels.Select(l => classWeights[l])];
        int[] known = [.. Enumerable.Range(0, labels.Length).Where(i => weights[i] > 0)];
        int border = train.Length + firstImages.Length;
        _firstRows = [.. known.Where(i => i >= train.Length && i < border)];
        _secondRows = [.. known.Where(i => i >= border)];
        int classes = classWeights.Length;
        _path = new L2Path(
            new SoftmaxObjective(features, labels, weights, classes, options.LabelSmoothing, threads: 1, cancellationToken),
            new SoftmaxObjective(features, labels, weights, classes, labelSmoothing: 0, threads: 1, cancellationToken),
            [.. known.Where(i => i < train.Length)],
            new HeadParameters(classes, data.Bottlenecks.FeatureSize),
            _standardization.PenaltyFactor);
    }

    public int First { get; }

    public int Second { get; }

    public bool Has(int block) => block == First || block == Second;

    /// <summary>Trains with the next strength and measures the loss over both blocks.</summary>
    public void Train(double strength)
    {
        _path.Train(strength);
        (_firstLoss, _secondLoss) = (_path.Evaluate(_firstRows), _path.Evaluate(_secondRows));
        _heads[strength] = _standardization.Unscale(_path.Parameters);
    }

    /// <summary>The loss that counts in the choice for a block: that over the rows of the other block.</summary>
    public HeadLoss LossFor(int block) => block == First ? _secondLoss : _firstLoss;

    public LinearHead HeadAt(double strength) => _heads[strength];
}
