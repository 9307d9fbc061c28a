using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.BackboneChecks;

/// <summary>
/// Measures, on a few images of a data set, which normalization of pixel values a network was trained with. A file that does not say it is
/// fed wrong values otherwise, and its features are bad without any error.
/// </summary>
/// <remarks>
/// First, the outputs of the first layer leave out most of the usual normalizations: where the file has a batch normalization, those far
/// from its mean and variance; elsewhere, those of the wrong magnitude. Then the features under the three or fewer that are left, and under
/// the best of them with the channels in the other order, are compared by LogME (You et al., "LogME: practical assessment of pre-trained
/// models for transfer learning", 2021) and by their variance between images: wrong values make features alike. Thread-safe; the same
/// result for any number of threads.
/// </remarks>
/// <example><code>
/// Backbone backbone = Backbone.FromFile("network.onnx");
/// BackboneCheckResult check = BackboneCheck.Run(backbone, ImageDataset.Open("photos/"));
/// Console.WriteLine(check.Explanation);
/// backbone = check.Backbone;
/// </code></example>
public static class BackboneCheck
{
    // The usual normalization, and the RGB order, stay unless another one is better by so many nats over all images.
    private const double EvidenceForChange = 0.1;

    // So much evidence is not found between equally good normalizations.
    private const double ClearEvidence = 1;

    private const int MinPasses = 8;
    private const int DefaultPasses = 160;
    private const int DefaultShare = 10;
    private const int MaxCandidates = 4;
    private const int MinImages = 32;
    private const int MaxImages = 256;
    private const string PyTorch = "pytorch";
    private const int FirstLayerImages = 32;
    private const float LargestScaleOfBytes = 10;

    /// <summary>Measures the normalizations and takes the best.</summary>
    /// <param name="backbone">The network, with any normalization.</param>
    /// <param name="images">The images that it will see. Labels are optional, and make the result much more reliable.</param>
    /// <param name="options">How to measure; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="TransferLearningException">No image of the data set can be read and decoded, or the engine cannot run the
    /// network.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options allow fewer than 8 passes, or fewer than 0 threads.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static BackboneCheckResult Run(
        Backbone backbone, ImageDataset images, BackboneCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentNullException.ThrowIfNull(images);
        return TryRun(backbone, images, options ?? new BackboneCheckOptions(), cancellationToken)
            ?? throw new TransferLearningException(
                $"the network '{backbone.Name}' cannot be checked: no image of '{images.Name}' that was tried can be decoded");
    }

    /// <summary>The same as <see cref="Run"/>; null where no image can be decoded.</summary>
    internal static BackboneCheckResult? TryRun(
        Backbone backbone, ImageDataset images, BackboneCheckOptions options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        int passes = options.MaxPasses ?? Math.Max(DefaultPasses, images.Count / DefaultShare);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, MinPasses, nameof(options));

        int threads = WorkerThreads.Count(options.Threads);
        int most = Math.Clamp(passes / 2, Math.Min(passes / 2, MinImages), MaxImages);

        // Without exact distances, at least two ranges and the other channel order share the passes. The first layer needs its images too.
        var layer = FirstLayer.Of(backbone.Graph);
        int used = layer is { IsExact: true } ? most : Math.Min(most, Math.Max(FirstLayerImages, passes / 3));
        var sample = SampledImages.Read(images, most, used, backbone.Preprocessing, threads, cancellationToken);
        if (sample.Count == 0)
        {
            return null;
        }

        CheckedNormalization[] ranges = Ranges(backbone, layer, sample, threads, cancellationToken);
        return sample.Classes > 1
            ? ByLabels(backbone, options.Engine, sample, ranges, passes, threads, cancellationToken)
            : Result(backbone, ranges, sample.Count, 0, false);
    }

    /// <summary>
    /// The normalizations in RGB order that the first layer leaves: the nearest first where distances are exact, else the usual one first.
    /// </summary>
    private static CheckedNormalization[] Ranges(
        Backbone backbone, FirstLayer? layer, SampledImages sample, int threads, CancellationToken cancellationToken)
    {
        NormalizationCandidate[] candidates = Candidates(backbone);
        if (layer is null)
        {
            return [.. candidates.Where(c => !IsOfBytes(c.Normalization)).Select(c => Describe(c, null))];
        }

        int count = Math.Min(sample.Count, FirstLayerImages);
        using var network = CheckedNetwork.Compile(backbone.Graph, layer.Value, backbone.Preprocessing, threads);
        CheckedNormalization[] measured = [.. candidates.Select(
            c => Describe(c, layer.Distance(network, sample, count, c.Normalization, cancellationToken)))];
        CheckedNormalization nearest = measured.MinBy(c => c.Distance)!;
        if (layer.IsExact)
        {
            const double Factor = 1.3, Slack = 0.02;
            return [.. measured
                .Where(c => c.Distance <= (nearest.Distance * Factor) + Slack)
                .OrderBy(c => c.Distance)
                .Take(MaxCandidates - 1)];
        }

        // All that have the magnitude of the nearest: within it, the distance says nothing.
        return [.. measured.Where(c => IsOfBytes(c.Normalization) == IsOfBytes(nearest.Normalization))];
    }

    /// <summary>
    /// In RGB order. First the one that is kept on a tie: torchvision's for networks from PyTorch, else the one that the backbone has.
    /// </summary>
    private static NormalizationCandidate[] Candidates(Backbone backbone)
    {
        var present = NormalizationCandidate.Of(backbone.Preprocessing.Normalization with { ChannelOrder = ChannelOrder.Rgb });
        NormalizationCandidate first = backbone.Graph.Producer == PyTorch ? NormalizationCandidate.OfUnits[0] : present;
        return [.. NormalizationCandidate.OfUnits
            .Concat(NormalizationCandidate.OfBytes)
            .Prepend(present)
            .Prepend(first)
            .DistinctBy(c => c.Normalization)];
    }

    private static bool IsOfBytes(PixelNormalization normalization) => normalization.ScaleG < LargestScaleOfBytes;

    private static BackboneCheckResult ByLabels(
        Backbone backbone,
        INetworkEngine engine,
        SampledImages sample,
        CheckedNormalization[] ranges,
        int passes,
        int threads,
        CancellationToken cancellationToken)
    {
        int count = Math.Min(sample.Count, passes / (ranges.Length + 1));
        string[] classes = [.. Enumerable.Range(0, sample.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        using var network = CheckedNetwork.Load(engine, backbone, threads);
        CheckedNormalization Score(CheckedNormalization candidate)
        {
            float[] features = network.Run(sample, count, candidate.Normalization, cancellationToken);
            return candidate with { Score = FeatureScore.Of(features, sample.Labels[..count], classes, threads).Total };
        }

        double margin = EvidenceForChange / count;
        CheckedNormalization usual = ranges[0];
        CheckedNormalization[] scored =
            [.. ranges.Select(Score).OrderByDescending(c => c.Score + (c.Normalization == usual.Normalization ? margin : 0))];
        NormalizationCandidate reversed = new NormalizationCandidate(scored[0].Name, scored[0].Normalization).Reversed;
        CheckedNormalization other = Score(Describe(reversed, scored[0].Distance));
        bool isReversed = other.Score > scored[0].Score + margin;
        CheckedNormalization[] ranked = isReversed
            ? [other, .. scored]
            : [scored[0], .. scored.Skip(1).Append(other).OrderByDescending(c => c.Score)];
        return Result(backbone, ranked, count, count * ranked.Length, true);
    }

    private static CheckedNormalization Describe(NormalizationCandidate candidate, double? distance) =>
        new() { Name = candidate.Name, Normalization = candidate.Normalization, Distance = distance };

    private static BackboneCheckResult Result(
        Backbone backbone, CheckedNormalization[] ranked, int images, int passes, bool usedLabels)
    {
        string explanation = CheckExplanation.Of(ranked, images, usedLabels);
        PixelNormalization best = ranked[0].Normalization;
        return new BackboneCheckResult
        {
            Backbone = best == backbone.Preprocessing.Normalization ? backbone : backbone.WithNormalization(best, explanation),
            Candidates = ranked,
            Images = images,
            UsedLabels = usedLabels,
            IsClear = IsClear(backbone.Preprocessing.Normalization, ranked, images, usedLabels),
            Passes = passes,
            Explanation = explanation,
        };
    }

    private static bool IsClear(
        PixelNormalization present, CheckedNormalization[] ranked, int images, bool usedLabels) =>
        Array.Find(ranked, c => c.Normalization == present) is { } tried
            ? usedLabels && ranked[0].Score - tried.Score > ClearEvidence / images
            : ranked[0].Distance is not null;
}
