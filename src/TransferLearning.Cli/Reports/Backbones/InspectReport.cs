using TransferLearning.Backbones;
using TransferLearning.Backbones.Inspection;
using TransferLearning.Runtime.Compilation;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>What <c>backbones inspect --json</c> writes. The names are part of the command's contract.</summary>
internal sealed record InspectReport
{
    public required string File { get; init; }

    public required IReadOnlyList<InspectedInput> Inputs { get; init; }

    /// <summary>Null where the file cannot be used as a backbone, as are the fields up to <see cref="Cost"/>.</summary>
    public required InspectedPreprocessingReport? Preprocessing { get; init; }

    /// <summary>The value that is used as features.</summary>
    public required string? Features { get; init; }

    public required int? FeatureSize { get; init; }

    public required NetworkCost? Cost { get; init; }

    /// <summary>Milliseconds per image of the data from the file's bytes to the features, on one thread; null without data.</summary>
    public double? MillisecondsWithDecoding { get; init; }

    /// <summary>The normalizations that were tried on images of the data, the best first; null without data.</summary>
    public IReadOnlyList<MeasuredNormalizationReport>? Normalizations { get; init; }

    /// <summary>What trying them showed, in words; null without data.</summary>
    public string? Measured { get; init; }

    public required IReadOnlyList<InspectedFeatures> Candidates { get; init; }

    public required IReadOnlyList<UnsupportedNode> Unsupported { get; init; }

    /// <summary>The operators without a kernel that take more than 2 % of the network's time, by an estimate.</summary>
    public required IReadOnlyList<OperatorShare> WithoutKernel { get; init; }

    /// <summary>The name of the catalog's entry of this file; null for another file.</summary>
    public required string? Catalog { get; init; }

    /// <summary>Why the file cannot be used; null where it can.</summary>
    public required string? Problem { get; init; }

    public static InspectReport Of(string file, BackboneInspection inspection) => new()
    {
        File = file,
        Inputs = inspection.Inputs,
        Preprocessing = inspection.Backbone is { } backbone ? InspectedPreprocessingReport.Of(backbone) : null,
        Features = inspection.Features,
        FeatureSize = inspection.Backbone?.FeatureSize,
        Cost = inspection.Cost,
        Candidates = inspection.Candidates,
        Unsupported = inspection.Unsupported,
        WithoutKernel = inspection.WithoutKernel,
        Catalog = inspection.Entry?.Name,
        Problem = inspection.Problem,
    };
}
