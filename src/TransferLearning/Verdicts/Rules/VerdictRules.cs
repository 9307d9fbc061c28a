namespace TransferLearning.Verdicts.Rules;

/// <summary>All rules, and the steps that they propose.</summary>
internal static class VerdictRules
{
    // More are not read; the next run shows what remains.
    private const int MaxSteps = 4;

    private static readonly IVerdictRule[] All =
    [
        new CopiesRule(),
        new KnownImagesRule(),
        new CanceledRule(),
        new FewEvaluatedImagesRule(),
        new FewImagesRule(),
        new SuspectLabelsRule(),
        new ConfusedPairRule(),
        new WeakBackboneRule(),
        new FrozenStagesRule(),
        new OverfittingRule(),
        new EarlyEndRule(),
        new UnknownImagesRule(),
        new NoDetectorRule(),
    ];

    /// <summary>The most useful steps, the largest expected gain first. Of several with one command, the first stays.</summary>
    public static IReadOnlyList<NextStep> Apply(VerdictEvidence evidence) =>
    [
        .. All.Select(r => r.Propose(evidence)).OfType<ProposedStep>()
            .OrderByDescending(s => s.Gain)
            .Select(s => s.Step)
            .DistinctBy(s => s.Command)
            .Take(MaxSteps),
    ];
}
