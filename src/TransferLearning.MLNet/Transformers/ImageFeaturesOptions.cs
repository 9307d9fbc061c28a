using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;

namespace TransferLearning.MLNet;

/// <summary>
/// The options of <c>mlContext.Transforms.ImageFeatures(options)</c>. Every setting but the name of the output column has a default.
/// Immutable; thread-safe.
/// </summary>
public sealed record ImageFeaturesOptions
{
    /// <summary>The column for the features: a vector of float, one slot per feature of the network.</summary>
    public required string OutputColumnName { get; init; }

    /// <summary>
    /// The column of images: encoded files (a vector of bytes), paths (text), or <c>MLImage</c> of any size; null for the same name as the
    /// output. Default: null.
    /// </summary>
    public string? InputColumnName { get; init; }

    /// <summary>The network; null for <see cref="Backbones.Backbone.ResNet18"/>, with 512 features. Default: null.</summary>
    public Backbone? Backbone { get; init; }

    /// <summary>
    /// Keeps features between fits; null for the one in <see cref="BottleneckCache.DefaultDirectory"/>. Default: null.
    /// </summary>
    public BottleneckCache? BottleneckCache { get; init; }

    /// <summary>False to keep features in memory only, as long as the transformer. Default: true.</summary>
    public bool KeepBottlenecks { get; init; } = true;

    /// <summary>The number of threads of <c>Fit</c>; 0 for one per processor. Default: 0.</summary>
    public int Threads { get; init; }

    /// <summary>Cancels <c>Fit</c>, which then throws <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal string InputOrOutput => InputColumnName ?? OutputColumnName;

    internal BottleneckCache? Cache => KeepBottlenecks ? BottleneckCache ?? new BottleneckCache(BottleneckCache.DefaultDirectory) : null;

    internal IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        (string Role, string Name)[] columns = [(nameof(OutputColumnName), OutputColumnName), (nameof(InputColumnName), InputOrOutput)];
        foreach ((string role, string name) in columns)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                problems.Add($"{role} is empty: give the column's name");
            }
        }

        if (Threads < 0)
        {
            problems.Add($"{nameof(Threads)} is {Threads}: it must be at least 1, or 0 for one per processor");
        }

        if (!KeepBottlenecks && BottleneckCache is not null)
        {
            problems.Add($"{nameof(BottleneckCache)} is set, but {nameof(KeepBottlenecks)} is false: leave out one of them");
        }

        return problems;
    }
}
