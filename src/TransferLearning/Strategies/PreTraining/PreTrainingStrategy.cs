using TransferLearning.Heads;
using TransferLearning.OutOfDistribution;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>
/// Trains on a large data set: a head over a network's features, by the steps of fine-tuning on one data set; or a whole network, by those
/// of <see cref="NetworkPreTraining"/>.
/// </summary>
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
        if (options.Architecture is { } architecture)
        {
            RefuseHeadSettings(architecture, settings, problems);
            settings.RequireTraining($"PreTrainingOptions.Architecture is {architecture}", problems);
        }
    }

    /// <summary>What decides features and heads has no use where the whole network is trained.</summary>
    private static void RefuseHeadSettings(NetworkArchitecture architecture, TransferSettings settings, List<string> problems)
    {
        if (settings.Backbone is { } backbone)
        {
            problems.Add(
                $"the network {architecture} is trained from random weights, so the backbone '{backbone.Name}' has no use: leave "
                + "WithBackbone out, or PreTrainingOptions.Architecture; to learn from that network, give it as "
                + "PreTrainingOptions.Teacher");
        }

        if (settings.Retrainer is not SoftmaxRetrainer softmax || softmax.Options != new SoftmaxRetrainerOptions())
        {
            problems.Add(
                $"the network {architecture} is trained with its classifier, so a retrainer has no use: leave WithRetrainer out, and set "
                + "PreTrainingOptions.Training");
        }
    }

    public PreTrainingResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Architecture is not null)
        {
            return new NetworkPreTraining(options, settings, progress, cancellationToken).Run(data, FalseRejectRateOption.Default);
        }

        FineTuningResult result = _training.Run(settings, progress, cancellationToken);
        return new PreTrainingResult
        {
            Model = result.Model,
            Backbone = null,
            HeadTraining = result,
            Metrics = result.Metrics,
            Training = result.Steps[^1].Training,
            TrainImages = result.TrainImages,
            Extraction = result.Extraction,
        };
    }
}
