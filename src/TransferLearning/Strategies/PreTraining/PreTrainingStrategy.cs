using TransferLearning.Heads;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>Trains a head on a large data set, over a network's features: the steps are those of fine-tuning on one data set.</summary>
internal sealed class PreTrainingStrategy(DataSource data, PreTrainingOptions options) : ITransferStrategy<PreTrainingResult>
{
    // A number that is out of range is reported under the name of the user's own option.
    private readonly FineTuningStrategy _training =
        new(data, null, new FineTuningOptions { Epochs = options.Epochs < 1 ? null : options.Epochs });

    public RetrainingDemands Demands => RetrainingDemands.None;

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        _training.Validate(settings, problems);
    }

    public PreTrainingResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        FineTuningResult result = _training.Run(settings, progress, cancellationToken);
        return new PreTrainingResult
        {
            Model = result.Model,
            HeadTraining = result,
            Metrics = result.Metrics,
            Training = result.Steps[^1].Training,
            TrainImages = result.TrainImages,
            Extraction = result.Extraction,
        };
    }
}
