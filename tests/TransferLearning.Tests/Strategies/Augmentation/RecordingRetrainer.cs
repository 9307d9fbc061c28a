using System.Collections.Concurrent;
using TransferLearning.Backbones;
using TransferLearning.Heads;

namespace TransferLearning.Tests.Strategies.Augmentation;

/// <summary>Trains as the default retrainer does, and keeps what it was given.</summary>
internal sealed class RecordingRetrainer : IRetrainer
{
    private readonly SoftmaxRetrainer _inner = new(new SoftmaxRetrainerOptions { L2 = 10 });

    public ConcurrentQueue<(LabeledBottlenecks Training, LabeledBottlenecks? Validation, RetrainingContext Context)> Calls { get; } = [];

    /// <summary>Whether rows of different weights are refused.</summary>
    public bool RefusesWeights { get; init; }

    public Backbone? RequiredBackbone => null;

    public IReadOnlyList<string> Validate(RetrainingDemands demands) =>
        RefusesWeights && demands.RowWeights ? ["rows cannot count differently"] : [];

    public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
    {
        Calls.Enqueue((training, validation, context));
        return _inner.Retrain(training, validation, context);
    }
}
