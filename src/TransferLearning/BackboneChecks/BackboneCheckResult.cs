using TransferLearning.Backbones;

namespace TransferLearning.BackboneChecks;

/// <summary>What <see cref="BackboneCheck"/> found. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record BackboneCheckResult
{
    /// <summary>The backbone with the normalization that suits it best; the one that was checked, where that has it already.</summary>
    public required Backbone Backbone { get; init; }

    /// <summary>The normalizations, the best one first.</summary>
    public required IReadOnlyList<CheckedNormalization> Candidates { get; init; }

    /// <summary>The number of images that were used.</summary>
    public required int Images { get; init; }

    /// <summary>Whether labels decided. Without them, only the range of values is measured, and the channel order is taken for
    /// RGB.</summary>
    public required bool UsedLabels { get; init; }

    /// <summary>How many images ran through the whole network. Those that ran through the first layer only are not counted.</summary>
    public required int Passes { get; init; }

    /// <summary>
    /// Whether the best normalization is clearly better than the one that the checked backbone has: beyond the differences that the choice
    /// of the images makes.
    /// </summary>
    public required bool IsClear { get; init; }

    /// <summary>What was found, in one sentence.</summary>
    public required string Explanation { get; init; }
}
