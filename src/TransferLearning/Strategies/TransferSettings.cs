using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime.Execution;
using TransferLearning.Strategies.Augmentation;

namespace TransferLearning.Strategies;

/// <summary>What all strategies share: the pipeline's <c>With...</c> settings. Immutable.</summary>
internal sealed record TransferSettings
{
    public const double DefaultValidationFraction = 0.2;

    /// <summary>Null for the one that the retrainer needs, else <see cref="Backbone.ResNet18"/>, which is loaded at first use.</summary>
    public Backbone? Backbone { get; init; }

    /// <summary>Null to keep no bottlenecks.</summary>
    public BottleneckCache? Cache { get; init; } = new(BottleneckCache.DefaultDirectory);

    /// <summary>How data sets at paths are listed and decoded, and the image files that the model predicts.</summary>
    public ImageFormats Formats { get; init; } = ImageFormats.BuiltIn;

    /// <summary>What runs the network.</summary>
    public INetworkEngine Engine { get; init; } = EmbeddedEngine.Instance;

    public IRetrainer Retrainer { get; init; } = new SoftmaxRetrainer();

    /// <summary>Null where none was given.</summary>
    public int? GivenSeed { get; init; }

    public int Seed => GivenSeed ?? 0;

    /// <summary>0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary><see cref="Threads"/>, with 0 resolved to the number of processors.</summary>
    public int ThreadCount => WorkerThreads.Count(Threads);

    /// <summary>Null where none was given: the data set's own validation part, else the default fraction.</summary>
    public double? ValidationFraction { get; init; }

    /// <summary>Null where the validation part comes out of the data set itself.</summary>
    public DataSource? ValidationData { get; init; }

    /// <summary>Whether the model keeps hashes of the images that it was trained on.</summary>
    public bool KeepsTrainingHashes { get; init; } = true;

    public NearCopyHandling NearCopies { get; init; } = NearCopyHandling.KeepTogether;

    /// <summary>Null where training images are learned from as they are.</summary>
    public AugmentationSettings? Augmentation { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The network to use: the one given, else the one that the retrainer needs, else ResNet-18.</summary>
    /// <exception cref="TransferLearningException">None was given, and the application leaves out ResNet-18's weights.</exception>
    public Backbone ResolveBackbone() => Backbone ?? Retrainer.RequiredBackbone ?? Backbone.ResNet18;

    /// <summary>How the images of a run go through its network.</summary>
    public ExtractionOptions Extraction => new() { Threads = Threads, Engine = Engine, Time = TimeProvider };

    /// <summary>Adds a sentence where the engine cannot run a network.</summary>
    public void RequireRunnable(Backbone backbone, List<string> problems)
    {
        if (backbone.FindProblem(Engine) is { } problem)
        {
            problems.Add(problem);
        }
    }

    /// <summary>Adds a sentence where the engine does not train networks, which only the embedded one does.</summary>
    /// <param name="setting">The setting that asks for it, with its value.</param>
    /// <param name="problems">Receives the sentence.</param>
    public void RequireTraining(string setting, List<string> problems)
    {
        if (Engine is not EmbeddedEngine)
        {
            problems.Add(
                $"{setting}, but {Engine.Name} only runs networks, and does not train them: leave WithEngine (--engine) out, or train the "
                + "head alone");
        }
    }

    /// <param name="demands">What the strategy asks of the retrainer.</param>
    /// <param name="problems">A sentence is added for each problem.</param>
    public void Validate(RetrainingDemands demands, List<string> problems)
    {
        if (Threads < 0)
        {
            problems.Add($"the number of threads is {Threads}: it must be at least 1, or 0 for one per processor");
        }

        if (!Enum.IsDefined(NearCopies))
        {
            string valid = string.Join(" or ", Enum.GetNames<NearCopyHandling>());
            problems.Add($"the handling of near-copies is {NearCopies}: it must be {valid}");
        }

        if (ValidationFraction is { } fraction && !(fraction is > 0 and < 1))
        {
            problems.Add($"the validation fraction is {fraction}: it must be between 0 and 1, both exclusive");
        }

        Augmentation?.Validate(problems);
        problems.AddRange(Engine.Validate());
        if (Backbone is { } given)
        {
            RequireRunnable(given, problems);
        }

        try
        {
            CreationDate.Of(TimeProvider);
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
        }

        IReadOnlyList<string> unmet = Retrainer.Validate(demands with
        {
            Seed = GivenSeed is not null,

            // The rows of one image share its weight.
            RowWeights = demands.RowWeights || Augmentation is not null,
        });
        problems.AddRange(unmet);
        if (unmet.Count == 0 && Backbone is not null && Retrainer.RequiredBackbone is { } needed
            && needed.Fingerprint != Backbone.Fingerprint)
        {
            problems.Add(
                $"the backbone is {Backbone}, but the retrainer learns from the features of {needed} only: leave WithBackbone out");
        }
    }
}
