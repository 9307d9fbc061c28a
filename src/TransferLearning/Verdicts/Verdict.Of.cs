using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Verdicts.Commands;
using TransferLearning.Verdicts.Evidence;

namespace TransferLearning.Verdicts;

public sealed partial record Verdict
{
    /// <summary>The verdict of a fine-tuning, by its validation images.</summary>
    /// <param name="result">The result of the strategy.</param>
    public static Verdict Of(FineTuningResult result) => Of(result, null);

    /// <summary>The verdict of a pre-training, by its validation images.</summary>
    /// <param name="result">The result of the strategy.</param>
    /// <exception cref="TransferLearningException">The network was used as it is, so that nothing was evaluated.</exception>
    public static Verdict Of(PreTrainingResult result) => Of(result, null);

    /// <summary>The verdict of a cross-validation, by the predictions of heads that had not seen the images.</summary>
    /// <param name="result">The result of the strategy.</param>
    public static Verdict Of(CrossValidationResult result) => Of(result, null);

    /// <summary>The verdict of a parallel training, by the validation images of the small set.</summary>
    /// <param name="result">The result of the strategy.</param>
    public static Verdict Of(ParallelTrainingResult result) => Of(result, null);

    /// <summary>The verdict of an evaluation.</summary>
    /// <param name="evaluation">
    /// The result of <see cref="TransferModel.Evaluate(Data.ImageDataset, IProgress{int}?, CancellationToken)"/>.
    /// </param>
    public static Verdict Of(ModelEvaluation evaluation) => Of(evaluation, null);

    /// <summary>The same, with the command line of the run; null for one that is made from the result.</summary>
    internal static Verdict Of(FineTuningResult result, RunCommand? command)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Verdict(FineTuningEvidence.Of(result, command));
    }

    /// <inheritdoc cref="Of(FineTuningResult, RunCommand?)"/>
    internal static Verdict Of(PreTrainingResult result, RunCommand? command)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Verdict(PreTrainingEvidence.Of(result, command));
    }

    /// <inheritdoc cref="Of(FineTuningResult, RunCommand?)"/>
    internal static Verdict Of(CrossValidationResult result, RunCommand? command)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Verdict(CrossValidationEvidence.Of(result, command));
    }

    /// <inheritdoc cref="Of(FineTuningResult, RunCommand?)"/>
    internal static Verdict Of(ParallelTrainingResult result, RunCommand? command)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Verdict(ParallelTrainingEvidence.Of(result, command));
    }

    /// <inheritdoc cref="Of(FineTuningResult, RunCommand?)"/>
    internal static Verdict Of(ModelEvaluation evaluation, RunCommand? command)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return new Verdict(ModelEvidence.Of(evaluation, command));
    }
}
