using TransferLearning.MLNet.Vision.Networks;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>The input of one fit of the trainer: this library's options and data in the trainer's terms. Immutable.</summary>
internal sealed record TrainerSettings
{
    // The trainer turns column names into names of TensorFlow nodes, which allow fewer characters. It gets these names, not the user's.
    public const string LabelColumn = "Label";
    public const string FeatureColumn = "Features";
    public const string ScoreColumn = "Score";
    public const string PredictedLabelColumn = "PredictedLabel";

    public const string TrainingFile = "train";
    public const string ValidationFile = "validation";

    // Short, because TensorFlow limits the length of paths: see TrainerWorkspace.
    public const string ModelPrefix = "m_";

    public required NetworkFile Network { get; init; }

    /// <summary>The folder that has the network's file in its subfolder <c>MLNET</c>.</summary>
    public required string WeightsRoot { get; init; }

    /// <summary>The folder with the bottleneck files.</summary>
    public required string Workspace { get; init; }

    public required int Classes { get; init; }

    public required int Epochs { get; init; }

    /// <summary>At most the number of training rows: with more, the trainer's scheduled learning rate would be NaN.</summary>
    public required int BatchSize { get; init; }

    public required MLNetLearningRate LearningRate { get; init; }

    /// <summary>The file into which the trainer writes the network with the trained head.</summary>
    public string FrozenGraph => Path.Combine(Workspace, ModelPrefix + Network.Name + ".pb");
}
