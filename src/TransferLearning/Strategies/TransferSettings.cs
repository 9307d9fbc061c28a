using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Retraining;

namespace TransferLearning.Strategies;

/// <summary>What all strategies share: the pipeline's <c>With...</c> settings. Immutable.</summary>
internal sealed record TransferSettings
{
    public const double DefaultValidationFraction = 0.2;

    /// <summary>Null for the embedded one, which is loaded when first used.</summary>
    public Backbone? Backbone { get; init; }

    public BottleneckCache? Cache { get; init; } = new(BottleneckCache.DefaultDirectory);

    public IRetrainer Retrainer { get; init; } = new SoftmaxRetrainer();

    public int Seed { get; init; }

    public int Threads { get; init; }

    /// <summary>Null where nothing was asked for: the data's own split, else the default fraction.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Null where the validation part comes out of the data itself.</summary>
    public DataSource? ValidationData { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public void Validate(List<string> problems)
    {
        if (Threads < 0)
        {
            problems.Add($"the number of threads is {Threads}: it must be at least 1, or 0 for one a processor");
        }

        if (ValidationFraction is { } fraction && !(fraction is > 0 and < 1))
        {
            problems.Add($"the validation fraction is {fraction}: it must be between 0 and 1, both exclusive");
        }

        problems.AddRange(Retrainer.Validate());
    }
}
