using System.Runtime.InteropServices;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Strategies.PreTraining.Photos;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>
/// The teacher's features of every view that the network sees, less their mean: what all images have in common would otherwise decide their
/// direction; and the logits of a classifier over them. In half precision, as there may be hundreds of thousands. Immutable; thread-safe.
/// </summary>
internal sealed class TeacherViews : ITeacherOutputs
{
    private readonly PhotoViews _views;
    private readonly Half[][] _features;
    private readonly Half[][] _logits;

    private TeacherViews(
        Backbone teacher, PhotoViews views, IReadOnlyList<BottleneckMatrix> features, LinearHead? classifier, ExtractionSummary summary)
    {
        (Length, Logits, Summary, _views) = (teacher.FeatureSize, classifier?.Classes ?? 0, summary, views);
        double[] mean = MeanOf(features[0]);
        _features = [.. features.Select(f => Center(f, mean))];
        _logits = classifier is null
            ? []
            : [.. features.Select(f => Array.ConvertAll(HeadPrediction.Logits(classifier, f, threads: 0), l => (Half)l))];
        Identity = $"teacher {teacher.Fingerprint} {LogitsHash()}";
    }

    public int Length { get; }

    public int Logits { get; }

    public string Identity { get; }

    /// <summary>How the features were obtained.</summary>
    public ExtractionSummary Summary { get; }

    /// <summary>Computes the features of all views, or takes them from the cache.</summary>
    /// <param name="teacher">The teacher.</param>
    /// <param name="images">The images, all of which can be used.</param>
    /// <param name="views">The views.</param>
    /// <param name="settings">Cache, threads and clock.</param>
    /// <param name="trainClassifier">Trains a classifier on the features of the images themselves; null for no logits.</param>
    /// <param name="progress">Receives the progress; null for no progress.</param>
    /// <param name="cancellationToken">Ends the work; what is finished stays in the cache.</param>
    /// <exception cref="TransferLearningException">An image can no longer be used.</exception>
    public static TeacherViews Compute(
        Backbone teacher,
        ImageDataset images,
        PhotoViews views,
        TransferSettings settings,
        Func<BottleneckMatrix, LinearHead>? trainClassifier,
        IProgress<TransferProgress>? progress,
        CancellationToken cancellationToken)
    {
        var decision = NormalizationDecision.Of(teacher, images, settings.Cache, settings.Extraction, cancellationToken);
        var extractor = new BottleneckExtractor(decision.Backbone, settings.Cache, settings.Extraction);
        RelayedProgress<ExtractionProgress>? relay = progress is null ? null : new(p => progress.Report(
            new TransferProgress { Stage = TransferStage.Extracting, Data = images.Name, Done = p.Done, Total = p.Total, Extraction = p }));
        Extraction itself = extractor.Extract(images, relay, cancellationToken);
        RequireAll(itself.Summary);
        var features = new List<BottleneckMatrix> { itself.Bottlenecks };
        ExtractionSummary summary = itself.Summary;
        if (views.Augmentation.ChangesImages && views.Count is > 1 and { } count)
        {
            ViewExtraction others = extractor.ExtractViews(images, views.Augmentation, count - 1, relay, cancellationToken);
            RequireAll(others.Summary);
            features.AddRange(others.Views);
            summary = summary.Add(others.Summary);
        }

        LinearHead? classifier = trainClassifier?.Invoke(itself.Bottlenecks);
        cancellationToken.ThrowIfCancellationRequested();
        return new TeacherViews(decision.Backbone, views, features, classifier, summary.Warn(decision.Notes));
    }

    public void Load(ReadOnlySpan<int> images, int epoch, Span<float> features, Span<float> logits)
    {
        for (int i = 0; i < images.Length; i++)
        {
            long view = _views.Of(images[i], epoch);
            Widen(_features[view].AsSpan(images[i] * Length, Length), features[(i * Length)..]);
            if (Logits > 0)
            {
                Widen(_logits[view].AsSpan(images[i] * Logits, Logits), logits[(i * Logits)..]);
            }
        }
    }

    private static void Widen(ReadOnlySpan<Half> values, Span<float> target)
    {
        for (int i = 0; i < values.Length; i++)
        {
            target[i] = (float)values[i];
        }
    }

    /// <summary>The classifier is trained anew for a training that is resumed: its logits must be the same.</summary>
    private ContentKey LogitsHash() => ContentKey.Of(MemoryMarshal.AsBytes(_logits.FirstOrDefault([]).AsSpan()));

    private static void RequireAll(ExtractionSummary summary)
    {
        if (summary.Skipped is [{ } first, ..])
        {
            throw new TransferLearningException(
                $"the image '{first.Path}' can no longer be used: {first.Reason}; restore the file, or start a new training");
        }
    }

    private static double[] MeanOf(BottleneckMatrix features)
    {
        double[] mean = new double[features.FeatureSize];
        for (int i = 0; i < features.Count; i++)
        {
            ReadOnlySpan<float> row = features.Row(i);
            for (int f = 0; f < mean.Length; f++)
            {
                mean[f] += row[f] / features.Count;
            }
        }

        return mean;
    }

    private static Half[] Center(BottleneckMatrix features, double[] mean)
    {
        var centered = new Half[features.Values.Length];
        for (int i = 0; i < centered.Length; i++)
        {
            centered[i] = (Half)(features.Values[i] - mean[i % mean.Length]);
        }

        return centered;
    }
}
