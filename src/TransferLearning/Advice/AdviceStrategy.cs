using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies;

namespace TransferLearning.Advice;

/// <summary>Compares backbones on a data set and recommends one, with a strategy.</summary>
internal sealed class AdviceStrategy(DataSource data, AdviceOptions options) : ITransferStrategy<AdviceResult>
{
    public RetrainingDemands Demands => RetrainingDemands.None;

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (settings.Retrainer.Validate(Demands).Count == 0 && settings.Retrainer.RequiredBackbone is { } needed
            && options.Backbones.FirstOrDefault(b => b.Fingerprint != needed.Fingerprint) is { } other)
        {
            problems.Add(
                $"the retrainer learns from the features of {needed} only, so it cannot evaluate {other}: leave WithRetrainer out");
        }

        if (data.TryOpen(settings.Formats, problems) is { } images && DataPreparation.ClassesOf(images) is { Length: < 2 } classes)
        {
            problems.Add(classes.Length == 0
                ? $"'{images.Name}' has no labeled image: expected a folder with one folder per class, or a manifest with labels"
                : $"'{images.Name}' has only one class, '{classes[0]}': expected at least two, one folder per class");
        }
    }

    public AdviceResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        ImageDataset whole = WithoutTest(data.Open(settings.Formats));
        ImageDataset labeled = whole.Select([.. Enumerable.Range(0, whole.Count).Where(i => whole.LabelIndices[i] >= 0)]);
        IReadOnlyList<Backbone> backbones =
            options.Backbones.Count > 0 ? options.Backbones : [settings.ResolveBackbone()];
        var log = new ExtractionLog();
        var evaluation = new BackboneEvaluation(settings, options, cancellationToken);
        var candidates = new List<Candidate>();
        foreach (Backbone backbone in backbones)
        {
            // The images that cannot be read are the same for all backbones: they are reported once.
            ExtractionLog own = candidates.Count == 0 ? log : new ExtractionLog();
            Extraction extraction = new DataPreparation(settings, backbone, own, progress, cancellationToken).Extract(labeled);
            candidates.Add(evaluation.Evaluate(backbone, extraction, DataPreparation.ClassesOf(extraction.Images)));
        }

        Candidate[] ranked =
            [.. candidates.OrderByDescending(c => c.Advice.Accuracy).ThenBy(c => c.Advice.MillisecondsPerImage)];
        Candidate? recommended = ranked.FirstOrDefault(c => c.Advice.IsWithinBudget);
        Candidate best = recommended ?? ranked[0];
        LearningCurve curve = evaluation.Curve(best);
        (RecommendedStrategy strategy, string reason) = StrategyChoice.Choose(best.Data.Count, whole.Count - labeled.Count, best.Advice);
        BackboneAdvice[] advice = [.. ranked.Select(c => c.Advice)];
        return new AdviceResult
        {
            Recommended = recommended?.Advice,
            Strategy = strategy,
            Candidates = advice,
            LearningCurve = curve,
            Evidence = [.. AdviceEvidence.Of(advice, recommended?.Advice), reason, AdviceEvidence.Of(curve)],
            Images = best.Data.Count,
            Classes = best.Data.ClassNames,
            Skipped = log.Skipped,
            Warnings = log.Warnings,
        };
    }

    /// <summary>Test images must not influence any decision.</summary>
    private static ImageDataset WithoutTest(ImageDataset data) => data.OwnSplit is { } split
        ? data.Select([.. split.TrainIndices, .. split.ValidationIndices])
        : data;
}
