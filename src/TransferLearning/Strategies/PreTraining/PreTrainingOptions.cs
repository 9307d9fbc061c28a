using TransferLearning.Backbones;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies;

/// <summary>
/// How pre-training trains: the head on a network's features, or, with <see cref="Architecture"/>, a whole network from random weights.
/// Every setting has a default. Immutable; thread-safe.
/// </summary>
public sealed record PreTrainingOptions
{
    /// <summary>The range of <see cref="InputSize"/>.</summary>
    private const int MinInputSize = 32, MaxInputSize = 1024;

    /// <summary>
    /// The largest number of epochs, at least 1; null for the retrainer's own setting, or with <see cref="Architecture"/> for that of
    /// <see cref="Training"/>. Default: null.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>
    /// The network to train from random weights; null to train the head on the features of a trained network
    /// (<see cref="TransferPipeline{TResult}.WithBackbone"/>). Default: null.
    /// </summary>
    /// <remarks>
    /// Each epoch learns from another view of each image: <see cref="TransferPipeline{TResult}.WithAugmentation"/> says what views show,
    /// and its number of views has no meaning here; by default, views are <see cref="Imaging.ImageAugmentation.Photos"/>. The validation
    /// part only evaluates.
    /// </remarks>
    public NetworkArchitecture? Architecture { get; init; }

    /// <summary>
    /// The side of the network's input in pixels, 32..1024; null for <see cref="NetworkArchitecture.DefaultInputSize"/>. Half of the side
    /// takes about a quarter of the time. Only with <see cref="Architecture"/>. Default: null.
    /// </summary>
    public int? InputSize { get; init; }

    /// <summary>
    /// A trained network that the new one also learns from: its features are to have the direction of the teacher's, up to a linear map
    /// that is learned beside and dropped at the end (Romero et al., "FitNets", 2015). The teacher runs once over four views of each image,
    /// the image itself among them, whose features go through the bottleneck cache; the network learns from these views in turn. Null for
    /// no teacher. Only with <see cref="Architecture"/>. Default: null.
    /// </summary>
    public Backbone? Teacher { get; init; }

    /// <summary>
    /// How much the teacher's features count against the labels, finite and above 0: the loss is the cross-entropy plus this weight times
    /// 1 - cosine. Only with <see cref="Teacher"/>. Default: 2.
    /// </summary>
    public double TeacherWeight { get; init; } = DefaultTeacherWeight;

    /// <summary>
    /// The share of the loss of the labels that is replaced by that of the teacher's predictions, 0..1: those of a classifier that is
    /// trained on the teacher's features of the same images, at a temperature of 4 (Hinton et al., "Distilling the knowledge in a neural
    /// network", 2015). Only with <see cref="Teacher"/>. Default: 0, the labels alone.
    /// </summary>
    public double TeacherLogitWeight { get; init; }

    /// <summary>
    /// How the network is trained: epochs, learning rate, checkpoint. Batch normalization always learns, and
    /// <see cref="NetworkTrainingOptions.LowerStageRate"/> has no meaning here. Only with <see cref="Architecture"/>. Null for
    /// <see cref="NetworkTrainingOptions.FromScratch"/>. Default: null.
    /// </summary>
    public NetworkTrainingOptions? Training { get; init; }

    private static double DefaultTeacherWeight => 2;

    /// <summary>The settings of the training of a network.</summary>
    internal NetworkTrainingOptions NetworkTraining
    {
        get
        {
            NetworkTrainingOptions training = Training ?? NetworkTrainingOptions.FromScratch;
            return training with { Epochs = Epochs ?? training.Epochs, TrainsNormalization = true };
        }
    }

    internal void Validate(List<string> problems)
    {
        if (Epochs < 1)
        {
            problems.Add($"PreTrainingOptions.Epochs is {Epochs}: it must be at least 1, or null for the retrainer's own setting");
        }

        if (Architecture is null)
        {
            RefuseWithoutArchitecture(problems);
            return;
        }

        if (InputSize is < MinInputSize or > MaxInputSize)
        {
            problems.Add($"PreTrainingOptions.InputSize is {InputSize}: it must be in {MinInputSize}..{MaxInputSize} pixels");
        }

        if (!(TeacherWeight > 0 && double.IsFinite(TeacherWeight)))
        {
            problems.Add($"PreTrainingOptions.TeacherWeight is {TeacherWeight}: it must be finite and above 0; without a teacher, leave "
                + "Teacher out");
        }

        if (!(TeacherLogitWeight is >= 0 and <= 1))
        {
            problems.Add($"PreTrainingOptions.TeacherLogitWeight is {TeacherLogitWeight}: it must be in 0..1");
        }

        if (Teacher is null && TeacherLogitWeight != 0)
        {
            problems.Add($"PreTrainingOptions.TeacherLogitWeight is {TeacherLogitWeight}, but there is no Teacher: leave it out");
        }

        problems.AddRange((NetworkTraining with { Epochs = Math.Max(1, NetworkTraining.Epochs) }).Validate());
        if (Teacher is not null && (NetworkTraining.MixUp > 0 || NetworkTraining.CutMix > 0))
        {
            problems.Add("MixUp and CutMix mix images, for which the teacher has no features: leave them at 0, or Teacher out");
        }
    }

    private void RefuseWithoutArchitecture(List<string> problems)
    {
        foreach ((string name, bool isGiven) in new[]
        {
            (nameof(InputSize), InputSize is not null),
            (nameof(Teacher), Teacher is not null),
            (nameof(TeacherWeight), TeacherWeight != DefaultTeacherWeight),
            (nameof(TeacherLogitWeight), TeacherLogitWeight != 0),
            (nameof(Training), Training is not null),
        })
        {
            if (isGiven)
            {
                problems.Add(
                    $"PreTrainingOptions.{name} has no use without Architecture, as only the head is trained: give an Architecture, such "
                    + "as NetworkArchitecture.Compact, or leave it out");
            }
        }
    }
}
