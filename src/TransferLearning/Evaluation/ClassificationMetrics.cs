namespace TransferLearning.Evaluation;

/// <summary>How well predicted probabilities agree with labels.</summary>
/// <remarks>Immutable; thread-safe. <see cref="Compute"/> goes through the probabilities once; the properties cost nothing more.</remarks>
public sealed class ClassificationMetrics
{
    // Keeps the log loss finite where the true class has probability 0.
    private const double MinProbability = 1e-15;

    private readonly int[] _imagesByRank;

    private ClassificationMetrics(IReadOnlyList<string> classNames, int images, Tally tally)
    {
        (ClassNames, Images, _imagesByRank) = (classNames, images, tally.ImagesByRank);
        Confusion = new ConfusionMatrix(classNames, tally.Confusion);
        PerClass = [.. Enumerable.Range(0, classNames.Count).Select(Confusion.Metrics)];
        MacroF1 = PerClass.Where((_, index) => Confusion.Occurs(index)).Average(c => c.F1);
        LogLoss = tally.LogLoss / images;
        ExpectedCalibrationError = tally.Calibration.Value;
        Reliability = tally.Calibration.ToBins();
        ReliabilityGroups = tally.Groups.ToBins();
    }

    /// <summary>The number of images evaluated.</summary>
    public int Images { get; }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The share of images whose most probable class is right, 0..1.</summary>
    public double Accuracy => TopAccuracy(1);

    /// <summary>The share of images whose class is among the five most probable, 0..1; 1 with five classes or fewer.</summary>
    public double Top5Accuracy => TopAccuracy(5);

    /// <summary>The mean F1 of the classes that occur among the labels or the predictions, each counting the same, 0..1.</summary>
    public double MacroF1 { get; }

    /// <summary>The mean of -ln(probability of the true class), in nats; probabilities are clipped to 1e-15 from below.</summary>
    public double LogLoss { get; }

    /// <summary>
    /// The expected calibration error over 15 bins of equal width of the most probable class's probability, 0..1: how far the probabilities
    /// are, on average, from the share of right predictions (Guo et al., "On calibration of modern neural networks", 2017).
    /// </summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>The bins of <see cref="ExpectedCalibrationError"/>, from the lowest confidence to the highest.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; }

    /// <summary>The predictions in groups of equal size, for charts: fewer than <see cref="Reliability"/> where there are few images,
    /// and none where there are too few.</summary>
    internal IReadOnlyList<ReliabilityBin> ReliabilityGroups { get; }

    /// <summary>Precision, recall and F1 per class, in the order of <see cref="ClassNames"/>.</summary>
    public IReadOnlyList<ClassMetrics> PerClass { get; }

    /// <summary>The numbers of images by actual and predicted class.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>Computes the metrics of predictions.</summary>
    /// <param name="classNames">The classes, at least one.</param>
    /// <param name="labels">[n], each an index into <paramref name="classNames"/>.</param>
    /// <param name="probabilities">[n, classes], row-major, each row from 0 to 1 with sum 1.</param>
    /// <exception cref="TransferLearningException">There are no images, or a probability is not in 0..1 (or is NaN).</exception>
    /// <exception cref="ArgumentException">The lengths do not match, there is no class, or a label is out of range.</exception>
    public static ClassificationMetrics Compute(
        IReadOnlyList<string> classNames, ReadOnlySpan<int> labels, ReadOnlySpan<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        int classes = classNames.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1, nameof(classNames));
        if (probabilities.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"{labels.Length} labels of {classes} classes need {(long)labels.Length * classes} probabilities, "
                + $"not {probabilities.Length}",
                nameof(probabilities));
        }

        if (labels.IsEmpty)
        {
            throw new TransferLearningException("there are no images to evaluate: metrics need at least one labeled image");
        }

        var tally = new Tally(classes);
        for (int i = 0; i < labels.Length; i++)
        {
            tally.Add(i, labels[i], probabilities.Slice(i * classes, classes));
        }

        return new ClassificationMetrics([.. classNames], labels.Length, tally);
    }

    /// <summary>
    /// The share of images whose class is among the k most probable ones, 0..1. Of equal probabilities, the first class ranks first.
    /// </summary>
    /// <param name="k">The number of classes that count, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public double TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int right = 0;
        for (int rank = 0; rank < Math.Min(k, _imagesByRank.Length); rank++)
        {
            right += _imagesByRank[rank];
        }

        return (double)right / Images;
    }

    /// <summary>
    /// A confidence interval of <see cref="Accuracy"/> for other images like these: the score interval (Wilson, "Probable inference, the
    /// law of succession, and statistical inference", 1927). It takes the classifier as it is: with other training images, accuracies vary
    /// more.
    /// </summary>
    /// <param name="level">The confidence, 0..1, both exclusive. Default: 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public ConfidenceInterval AccuracyInterval(double level = 0.95) => ConfidenceInterval.OfShare(Accuracy, Images, level);

    /// <summary>The sums over images that the metrics are made of.</summary>
    private sealed class Tally(int classes)
    {
        public int[] Confusion { get; } = new int[classes * classes];

        public int[] ImagesByRank { get; } = new int[classes];

        public CalibrationError Calibration { get; } = new();

        public ReliabilityGroups Groups { get; } = new();

        public double LogLoss { get; private set; }

        public void Add(int image, int label, ReadOnlySpan<float> probabilities)
        {
            if ((uint)label >= (uint)classes)
            {
                throw new ArgumentException($"the label of image {image} is {label}, which is not in 0..{classes - 1}", nameof(label));
            }

            int predicted = 0, rank = 0;
            float own = probabilities[label];
            for (int c = 0; c < classes; c++)
            {
                float p = probabilities[c];
                if (!(p is >= 0 and <= 1.0001f))
                {
                    throw new TransferLearningException($"the probability of class {c} for image {image} is {p}: it must be in 0..1");
                }

                predicted = p > probabilities[predicted] ? c : predicted;
                rank += p > own || (p == own && c < label) ? 1 : 0;
            }

            Confusion[(label * classes) + predicted]++;
            ImagesByRank[rank]++;
            Calibration.Add(probabilities[predicted], predicted == label);
            Groups.Add(probabilities[predicted], predicted == label);
            LogLoss -= Math.Log(Math.Clamp(own, MinProbability, 1));
        }
    }
}
