using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.CrossValidate;

/// <summary>One fold of a cross-validation.</summary>
internal sealed record CrossValidateFoldReport
{
    public required double Accuracy { get; init; }

    public required IntervalReport AccuracyInterval { get; init; }

    /// <summary>The accuracy of the head alone, where stages of the network were trained too; null otherwise.</summary>
    public required double? AccuracyOfHead { get; init; }

    public required double LogLoss { get; init; }

    /// <summary>The number of images in the fold.</summary>
    public required int Images { get; init; }

    /// <summary>The group that makes up the fold; null where folds are not groups.</summary>
    public required string? Group { get; init; }
}
