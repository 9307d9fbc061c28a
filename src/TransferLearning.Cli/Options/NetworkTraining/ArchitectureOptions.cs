using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Cli.Options.NetworkTraining;

/// <summary><c>--arch</c>, and the options that say how a network is trained from random weights.</summary>
internal sealed class ArchitectureOptions
{
    private readonly Option<int?> _size = ValueOption.WholeNumber(
        "--size", "Side of the network's input in pixels. Default: 128 for compact, 224 for the others.", minimum: 32, maximum: 1024);

    private readonly Option<string?> _teacher = ValueOption.Text(
        "--teacher",
        "A trained network that the new one also learns from: a name or a file, as for --backbone. Default: none.",
        "NAME-or-FILE");

    private readonly Option<double?> _teacherLogits = ValueOption.Fraction(
        "--teacher-logits",
        "Share of the loss of the labels that is replaced by that of predictions from the teacher's features. Default: 0.");

    private readonly Option<int?> _batch = ValueOption.WholeNumber(
        "--batch", "Number of images per step of training. Default: 64.", minimum: 1, maximum: 1024);

    private readonly Option<double?> _learningRate = ValueOption.PositiveNumber(
        "--learning-rate", "Highest learning rate of the training. Default: 0.002.");

    private readonly Option<double?> _weightDecay = ValueOption.NumberFromZero(
        "--weight-decay", "Decay of the network's weights. Default: 0.05.");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continue the training that was stopped, from the checkpoint beside the output, with the same data and options.",
    };

    /// <summary><c>--arch</c>.</summary>
    public Option<string?> Architecture { get; } = ValueOption.Text(
        "--arch",
        "Train a whole network from random weights: compact, resnet18, or mobilenet_v2:WIDTH with a width of 0.35, 0.5, 0.75 or 1. Takes "
        + "hours on a large data set. Default: train a head on the features of --backbone.",
        "NAME");

    private Option[] Others => [_size, _teacher, _teacherLogits, _batch, _learningRate, _weightDecay, _resume];

    public void AddTo(Command command)
    {
        command.Add(Architecture);
        foreach (Option option in Others)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether a network is trained.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(Architecture) is not null;

    /// <summary>Notes a problem for each option given although no network is trained.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        foreach (Option option in Others.Where(o => parsed.GetResult(o) is { Implicit: false }))
        {
            problems.AddUseless(option.Name, reason);
        }
    }

    /// <summary>Reads the options; notes problems, and returns null where there are some.</summary>
    /// <param name="parsed">The command line, with <c>--arch</c>.</param>
    /// <param name="epochs">The largest number of epochs; null for the default.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="classWeights">How much the images of each class count.</param>
    /// <param name="problems">Receives the problems.</param>
    public PreTrainingOptions? Read(
        ParseResult parsed, int? epochs, CheckpointFile checkpoint, ClassWeights classWeights, Problems problems)
    {
        bool resumes = parsed.GetValue(_resume);
        checkpoint.Check(resumes, _resume.Name, problems);
        NetworkArchitecture? architecture = problems.Collect(() => NetworkArchitecture.Parse(parsed.GetValue(Architecture)!));
        Backbone? teacher = parsed.GetValue(_teacher) is { } name
            ? problems.Collect(() => BackboneOption.Open(name, new BackboneOptions(), _teacher.Name))
            : null;
        if (architecture is null)
        {
            return null;
        }

        NetworkTrainingOptions training = NetworkTrainingOptions.FromScratch;
        return new PreTrainingOptions
        {
            Architecture = architecture,
            InputSize = parsed.GetValue(_size),
            Teacher = teacher,
            TeacherLogitWeight = parsed.GetValue(_teacherLogits) ?? 0,
            Epochs = epochs,
            Training = training with
            {
                BatchSize = parsed.GetValue(_batch) ?? training.BatchSize,
                LearningRate = parsed.GetValue(_learningRate) ?? training.LearningRate,
                WeightDecay = parsed.GetValue(_weightDecay) ?? training.WeightDecay,
                ClassWeights = classWeights,
                Checkpoint = checkpoint.Path,
                Resumes = resumes,
            },
        };
    }
}
