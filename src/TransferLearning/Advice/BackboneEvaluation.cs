using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Evidence;
using TransferLearning.Heads.Regularization;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Advice;

/// <summary>Evaluates backbones on extracted bottlenecks. For one run.</summary>
internal sealed class BackboneEvaluation(TransferSettings settings, AdviceOptions options, CancellationToken cancellationToken)
{
    // The cross-validation of small sets is repeated until there are about so many predictions.
    private const int MinPredictions = 2000;

    private const int MaxRepeats = 5;

    private readonly RetrainingContext _context = new()
    {
        Seed = settings.Seed,
        Threads = settings.Threads,
        CancellationToken = cancellationToken,
        TimeProvider = settings.TimeProvider,
    };

    public Candidate Evaluate(Backbone backbone, Extraction extraction, IReadOnlyList<string> classes)
    {
        var data = new LabeledBottlenecks(
            extraction.Bottlenecks, extraction.Images.WithLabels(classes).LabelIndices.ToArray(), classes);
        RetrainedHead head = settings.Retrainer.Retrain(data, null, _context);
        cancellationToken.ThrowIfCancellationRequested();
        IRetrainer retrainer = WithStrength(settings.Retrainer, head.L2);
        int repeats = Math.Clamp(MinPredictions / data.Count, 1, MaxRepeats);
        var folds = new HeadCrossValidation(data, retrainer, _context);
        CrossValidatedHead[] runs = [.. Enumerable.Range(0, repeats).Select(repeat => folds.Run(1, repeat))];
        double accuracy = runs.Average(r => r.Accuracy);
        double milliseconds = InferenceTiming.MillisecondsPerImage(backbone, extraction.Images, settings.Engine, settings.TimeProvider);
        long bytes = ModelBytes(backbone, head.Head, classes);
        var advice = new BackboneAdvice
        {
            Backbone = backbone,
            Accuracy = accuracy,
            AccuracyInterval = ConfidenceInterval.OfShare(accuracy, data.Count),
            AccuracyError = Math.Sqrt(accuracy * (1 - accuracy) / data.Count),
            LogLoss = runs.Average(r => r.LogLoss),
            LogMe = LogMe.Score(data, _context.ThreadCount, cancellationToken),
            Similarity = TaskSimilarity.Measure(data, cancellationToken),
            MillisecondsPerImage = milliseconds,
            SecondsExtracting = milliseconds / 1000 * data.Count / _context.ThreadCount,
            SecondsTraining = head.Seconds,
            ModelBytes = bytes,
            IsWithinBudget = !(bytes > options.MaxModelBytes) && !(milliseconds > options.MaxMillisecondsPerImage),
        };
        return new Candidate(advice, extraction.Images, data, retrainer);
    }

    /// <summary>The accuracy of heads trained on growing parts of the images, each half as large as the next.</summary>
    public LearningCurve Curve(Candidate candidate)
    {
        const int Halvings = 4;
        var folds = new HeadCrossValidation(candidate.Data, candidate.Retrainer, _context);
        IEnumerable<CrossValidatedHead> heads = Enumerable.Range(0, Halvings + 1)
            .Select(i => folds.Run(1.0 / (1 << (Halvings - i)), 0))
            .DistinctBy(h => h.TrainImages);
        return new LearningCurve([.. heads.Select(h => new LearningCurvePoint(h.TrainImages, h.Accuracy))], candidate.Data.Count);
    }

    // The strength of the penalty is chosen once, on all images: it hardly depends on which fifth is held out, and choosing it takes most
    // of the time.
    private static IRetrainer WithStrength(IRetrainer retrainer, double? strength) =>
        IPenaltyChoice.Of(retrainer) is { } choice && strength is { } l2 ? choice.WithL2(l2) : retrainer;

    private static long ModelBytes(Backbone backbone, LinearHead head, IReadOnlyList<string> classes)
    {
        using var model = new TransferModel(backbone, head, classes);
        using var content = new MemoryStream();
        model.Save(content);
        return content.Length;
    }
}
