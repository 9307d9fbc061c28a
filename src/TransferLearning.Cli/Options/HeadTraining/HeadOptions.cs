using System.CommandLine;
using TransferLearning.Heads;

namespace TransferLearning.Cli.Options.HeadTraining;

/// <summary>
/// <c>--class-weights</c>, and the options of the softmax trainer that change what is learned: <c>--optimizer</c>, <c>--l2</c>,
/// <c>--head-learning-rate</c> and <c>--head-batch</c>.
/// </summary>
internal sealed class HeadOptions
{
    private readonly Option<string?> _classWeights = ValueOption.Text(
        "--class-weights",
        "How much the images of each class count: none (all the same), or balanced (each class as much as any other, for uneven classes). "
        + "Default: none.",
        "none|balanced");

    private readonly Option<string?> _optimizer = ValueOption.Text(
        "--optimizer", "How the head is trained: lbfgs, nesterov or adam. Default: lbfgs, which needs no learning rate.", "NAME");

    private readonly Option<double?> _l2 = ValueOption.NumberFromZero(
        "--l2", "Strength of the penalty on the head's weights (weight decay). Default: chosen by an inner cross-validation.");

    private readonly Option<double?> _rate = ValueOption.PositiveNumber(
        "--head-learning-rate", "Full learning rate of --optimizer nesterov or adam. Default: 0.01 and 0.001.");

    private readonly Option<int?> _batch = ValueOption.WholeNumber(
        "--head-batch", "Number of images per step of --optimizer nesterov or adam. Default: 64.", minimum: 1);

    private IReadOnlyList<Option> OfSoftmax => [_optimizer, _l2, _rate, _batch];

    public void AddTo(Command command)
    {
        command.Add(_classWeights);
        foreach (Option option in OfSoftmax)
        {
            command.Add(option);
        }
    }

    /// <summary>How much the images of each class count, in the training of heads and of networks.</summary>
    public ClassWeights ClassWeights(ParseResult parsed, Problems problems)
    {
        switch (parsed.GetValue(_classWeights))
        {
            case null or "none":
                return Heads.ClassWeights.None;
            case "balanced":
                return Heads.ClassWeights.Balanced;
            case { } other:
                problems.Add($"{_classWeights.Name} expects none or balanced, not '{other}'");
                return Heads.ClassWeights.None;
        }
    }

    /// <summary>Notes a problem for each option of the softmax trainer given although that trains nothing.</summary>
    public void RefuseTrainer(ParseResult parsed, Problems problems, string reason)
    {
        foreach (Option option in OfSoftmax.Where(o => IsGiven(parsed, o)))
        {
            problems.AddUseless(option.Name, reason);
        }
    }

    /// <summary>Notes a problem for each option given although nothing is trained by this library.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (IsGiven(parsed, _classWeights))
        {
            problems.AddUseless(_classWeights.Name, reason);
        }

        RefuseTrainer(parsed, problems, reason);
    }

    /// <summary>The trainer that the options ask for; null where none is given, for a pipeline's own default.</summary>
    public IRetrainer? Read(ParseResult parsed, Problems problems)
    {
        if (!OfSoftmax.Prepend(_classWeights).Any(o => IsGiven(parsed, o)))
        {
            return null;
        }

        HeadOptimizer optimizer = ReadOptimizer(parsed, problems);
        if (optimizer == HeadOptimizer.Lbfgs)
        {
            foreach (Option option in new Option[] { _rate, _batch }.Where(o => IsGiven(parsed, o)))
            {
                problems.Add(
                    $"{option.Name} has no use with the optimizer lbfgs: leave it out, or give {_optimizer.Name} nesterov or adam");
            }
        }

        var defaults = new SoftmaxRetrainerOptions();
        return new SoftmaxRetrainer(defaults with
        {
            Optimizer = optimizer,
            ClassWeights = ClassWeights(parsed, problems),
            L2 = parsed.GetValue(_l2),
            LearningRate = parsed.GetValue(_rate),
            BatchSize = parsed.GetValue(_batch) ?? defaults.BatchSize,
        });
    }

    private HeadOptimizer ReadOptimizer(ParseResult parsed, Problems problems)
    {
        switch (parsed.GetValue(_optimizer))
        {
            case null or "lbfgs":
                return HeadOptimizer.Lbfgs;
            case "nesterov":
                return HeadOptimizer.Nesterov;
            case "adam":
                return HeadOptimizer.Adam;
            case { } other:
                problems.Add($"{_optimizer.Name} expects lbfgs, nesterov or adam, not '{other}'");
                return HeadOptimizer.Lbfgs;
        }
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
