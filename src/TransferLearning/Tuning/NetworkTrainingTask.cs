using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Training.Distillation;

namespace TransferLearning.Tuning;

/// <summary>What is trained on what. Immutable.</summary>
internal sealed record NetworkTrainingTask
{
    /// <summary>A name for messages, such as "the last stage of resnet18".</summary>
    public required string Name { get; init; }

    /// <summary>The network: one input [N, C, H, W]; its first output is the logits [N, classes].</summary>
    public required Graph Graph { get; init; }

    /// <summary>
    /// Says which weights the network begins with, such as the fingerprint of a backbone: a checkpoint continues the training of the same
    /// only. Default: empty, for weights that the seed decides.
    /// </summary>
    public string Start { get; init; } = "";

    /// <summary>The images, by their numbers.</summary>
    public required ITrainingImages Images { get; init; }

    /// <summary>[images]: the class of each image.</summary>
    public required int[] Labels { get; init; }

    /// <summary>The number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>[images]: how much each image counts; empty if all count the same. Default: empty.</summary>
    public float[] Weights { get; init; } = [];

    /// <summary>The numbers of the images that are learned from.</summary>
    public required int[] Training { get; init; }

    /// <summary>The numbers of the images that choose the epoch; empty to keep the last one. Default: empty.</summary>
    public int[] HeldOut { get; init; } = [];

    /// <summary>The teacher's features of the images; null without a teacher. Default: null.</summary>
    public ITeacherOutputs? Teacher { get; init; }

    /// <summary>
    /// How the network learns from <see cref="Teacher"/>: the outputs of <see cref="Graph"/> after the logits are those that it names. Null
    /// without a teacher. Default: null.
    /// </summary>
    public DistillationOptions? Distillation { get; init; }

    /// <summary>What the learning rate of a parameter is multiplied by, by its name; 0 for one that does not learn. Default: 1.</summary>
    public Func<string, double> RateFactor { get; init; } = static _ => 1;

    /// <summary>
    /// The epoch to stop after, where it was chosen before; null for all. The schedule is that of all epochs. Default: null.
    /// </summary>
    public int? LastEpoch { get; init; }
}
