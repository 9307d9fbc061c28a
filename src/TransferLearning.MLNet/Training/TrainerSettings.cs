using TransferLearning.MLNet.Networks;

namespace TransferLearning.MLNet.Training;

/// <summary>What a fit of the trainer is told: our options and data in its terms. Immutable.</summary>
internal sealed record TrainerSettings
{
    // The trainer makes names of TensorFlow nodes of these, which not every column's name can be; users' names never get so far.
    public const string LabelColumn = "Label";
    public const string FeatureColumn = "Features";
    public const string ScoreColumn = "Score";
    public const string PredictedLabelColumn = "PredictedLabel";

    public const string TrainingFile = "train";
    public const string ValidationFile = "validation";

    // Short, for TensorFlow's sake: see TrainerWorkspace.
    public const string ModelPrefix = "m_";

    public required NetworkFile Network { get; init; }

    /// <summary>The folder in whose <c>MLNET/</c> the network's file lies.</summary>
    public required string WeightsRoot { get; init; }

    /// <summary>The folder with the bottleneck files.</summary>
    public required string Workspace { get; init; }

    public required int Classes { get; init; }

    public required int Epochs { get; init; }

    /// <summary>At most the number of training rows: with more, the trainer's scheduled learning rate is no number.</summary>
    public required int BatchSize { get; init; }

    public required MLNetLearningRate LearningRate { get; init; }

    /// <summary>Where the trainer writes the network with the trained head.</summary>
    public string FrozenGraph => Path.Combine(Workspace, ModelPrefix + Network.Name + ".pb");
}
