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

        foreach (Backbone backbone in options.Backbones)
        {
            settings.RequireRunnable(backbone, problems);
        }

        if (options.TriesUnfreezing)
        {
            UnfreezingTrial.Validate(settings, () => Backbones(settings), problems);
        }

        if (settings.Augmentation is not null)
        {
            problems.Add("WithAugmentation is set, but advice compares backbones by the images as they are: leave it out");
        }

        if (data.TryOpen(settings.Formats, problems) is { } images)
        {
            DataClasses.Require(images, 2, problems);
        }
    }

    public AdviceResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        ImageDataset whole = WithoutTest(data.Open(settings.Formats));
        ImageDataset labeled = whole.Select([.. Enumerable.Range(0, whole.Count).Where(i => whole.LabelIndices[i] >= 0)]);
        ExtractionSummary summary = ExtractionSummary.None;
        var evaluation = new BackboneEvaluation(settings, options, cancellationToken);
        var candidates = new List<Candidate>();
        foreach (Backbone backbone in Backbones(settings))
        {
            var run = new StrategyRun(settings, backbone, progress, cancellationToken);
            Extraction extraction = run.Extract(labeled);
            candidates.Add(evaluation.Evaluate(run.Backbone, extraction, DataClasses.Of(extraction.Images)));

            // The images that cannot be read are the same for all backbones: they are reported once.
            summary = candidates.Count == 1 ? run.Extraction : summary.Warn(run.Extraction.Warnings);
        }

        Candidate[] ranked =
            [.. candidates.OrderByDescending(c => c.Advice.Accuracy).ThenBy(c => c.Advice.MillisecondsPerImage)];
        Candidate? recommended = ranked.FirstOrDefault(c => c.Advice.IsWithinBudget);
        Candidate best = recommended ?? ranked[0];
        LearningCurve curve = evaluation.Curve(best);
        (RecommendedStrategy strategy, string reason) = StrategyChoice.Choose(best.Data.Count, whole.Count - labeled.Count, best.Advice);
        (UnfreezingAdvice? unfreezing, string? untried) = options.TriesUnfreezing && recommended is not null
            ? new UnfreezingTrial(settings, progress, cancellationToken).Run(recommended)
            : (null, null);
        BackboneAdvice[] advice = [.. ranked.Select(c => c.Advice)];
        return new AdviceResult
        {
            Recommended = recommended?.Advice,
            Strategy = strategy,
            Candidates = advice,
            LearningCurve = curve,
            Unfreezing = unfreezing,
            Evidence =
            [
                .. AdviceEvidence.Of(advice, recommended?.Advice, best.Data.Count),
                reason,
                .. unfreezing is null ? [] : AdviceEvidence.Of(unfreezing, best.Data.Count),
                .. untried is null ? Array.Empty<string>() : [$"unfreezing was not tried: {untried}"],
                AdviceEvidence.Of(curve),
            ],
            Images = best.Data.Count,
            Classes = best.Data.ClassNames,
            Skipped = summary.Skipped,
            Warnings = summary.Warnings,
        };
    }

    private IReadOnlyList<Backbone> Backbones(TransferSettings settings) =>
        options.Backbones.Count > 0 ? options.Backbones : [settings.ResolveBackbone()];

    /// <summary>Test images must not influence any decision.</summary>
    private static ImageDataset WithoutTest(ImageDataset data) => data.OwnSplit is { } split
        ? data.Select([.. split.TrainIndices, .. split.ValidationIndices])
        : data.WithoutUnlabeledParts();
}
