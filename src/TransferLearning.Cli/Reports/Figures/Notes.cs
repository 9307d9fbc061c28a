namespace TransferLearning.Cli.Reports.Figures;

/// <summary>What a verb tells the user beside its figures.</summary>
/// <param name="Warnings">What may be wrong although the work succeeded; printed with <c>--quiet</c> too.</param>
/// <param name="Hints">What would give better figures.</param>
internal sealed record Notes(IReadOnlyList<string> Warnings, IReadOnlyList<string> Hints)
{
    /// <summary>Warnings, and the hint of an accuracy that was measured on few images.</summary>
    /// <param name="warnings">What may be wrong.</param>
    /// <param name="images">The number of images that the accuracy was measured on.</param>
    public static Notes Of(IReadOnlyList<string> warnings, int images) =>
        new(warnings, [.. new[] { Evaluation.FewImages.Hint(images, "'transfer cross-validate'") }.OfType<string>()]);
}
