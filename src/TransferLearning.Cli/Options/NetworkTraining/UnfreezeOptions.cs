using System.CommandLine;
using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Cli.Options.NetworkTraining;

/// <summary><c>--unfreeze</c>, and the options that say how the last stages of the network are trained.</summary>
/// <param name="resumable">Whether a training that was stopped can go on.</param>
internal sealed class UnfreezeOptions(bool resumable)
{
    private const string All = "all";
    private const string Auto = "auto";

    private readonly Option<string?> _unfreeze = ValueOption.Text(
        "--unfreeze",
        "Train the last N stages of the network too, after the head, or all of them; a stage ends where the resolution changes, or has a "
        + "quarter of a transformer's blocks. Takes minutes for a thousand images; they are kept where they do better than the head alone. "
        + "Default: the head alone.",
        "N|all");

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--unfreeze-epochs", "Number of epochs of unfrozen stages; the best one is kept. Default: 8.", minimum: 1, maximum: 10_000);

    private readonly Option<string?> _rate = ValueOption.Text(
        "--learning-rate", "Highest learning rate of unfrozen stages, or auto to have it found. Default: 0.003.", "X|auto");

    private readonly Option<int?> _batch = ValueOption.WholeNumber(
        "--unfreeze-batch", "Number of images per step of unfrozen stages. Default: 32.", minimum: 1, maximum: 1024);

    private readonly Option<double?> _weightDecay = ValueOption.NumberFromZero(
        "--weight-decay", "Decay of the weights of unfrozen stages. Default: 0.0001.");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continue the training of unfrozen stages that was stopped, from the checkpoint beside the output, with the same "
            + "data and options.",
    };

    private IReadOnlyList<Option> Others => [_epochs, _rate, _batch, _weightDecay, .. resumable ? new Option[] { _resume } : []];

    public void AddTo(Command command)
    {
        command.Add(_unfreeze);
        foreach (Option option in Others)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether stages are trained.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_unfreeze) is not null;

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="checkpoint">The checkpoint; null where the training cannot go on.</param>
    /// <param name="problems">Receives the problems.</param>
    /// <param name="classWeights">How much the images of each class count.</param>
    /// <returns>The number of last stages to train, and how they are trained.</returns>
    public (int Stages, NetworkTrainingOptions Training) Read(
        ParseResult parsed, CheckpointFile? checkpoint, Problems problems, ClassWeights classWeights)
    {
        var training = new NetworkTrainingOptions();
        if (!IsGiven(parsed))
        {
            foreach (Option option in Others.Where(o => parsed.GetResult(o) is { Implicit: false }))
            {
                problems.AddUseless(option.Name, $"without {_unfreeze.Name}");
            }

            return (0, training);
        }

        bool resumes = resumable && parsed.GetValue(_resume);
        checkpoint?.Check(resumes, _resume.Name, problems);
        return (ReadStages(parsed, problems), training with
        {
            Epochs = parsed.GetValue(_epochs) ?? training.Epochs,
            LearningRate = ReadRate(parsed, training.LearningRate, problems),
            BatchSize = parsed.GetValue(_batch) ?? training.BatchSize,
            WeightDecay = parsed.GetValue(_weightDecay) ?? training.WeightDecay,
            ClassWeights = classWeights,
            Checkpoint = checkpoint?.Path,
            Resumes = resumes,
        });
    }

    private int ReadStages(ParseResult parsed, Problems problems)
    {
        string text = parsed.GetValue(_unfreeze) ?? "";
        if (text == All)
        {
            return FineTuningOptions.AllStages;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int stages) && stages >= 1)
        {
            return stages;
        }

        problems.Add($"{_unfreeze.Name} expects the number of last stages to train, from 1, or {All}, not '{text}'");
        return 0;
    }

    private double? ReadRate(ParseResult parsed, double? otherwise, Problems problems)
    {
        switch (parsed.GetValue(_rate))
        {
            case null:
                return otherwise;
            case Auto:
                return null;
            case { } text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate)
                && rate > 0 && double.IsFinite(rate):
                return rate;
            case { } other:
                problems.Add($"{_rate.Name} expects a number above 0, such as 0.003, or {Auto}, not '{other}'");
                return otherwise;
        }
    }
}
