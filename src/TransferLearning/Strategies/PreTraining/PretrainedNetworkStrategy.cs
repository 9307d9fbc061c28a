using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Strategies.PreTraining;

/// <summary>Takes a network that is trained already, with its own classifier.</summary>
internal sealed class PretrainedNetworkStrategy(PretrainedNetwork network) : ITransferStrategy<PreTrainingResult>
{
    public RetrainingDemands Demands => RetrainingDemands.None;

    public void Validate(TransferSettings settings, List<string> problems)
    {
        if (settings.Backbone is { } backbone)
        {
            problems.Add(
                $"the network '{network.Path}' is used as it is, so the backbone '{backbone.Name}' has no use: leave WithBackbone out");
        }

        if (settings.Augmentation is not null)
        {
            problems.Add($"the network '{network.Path}' is used as it is, and nothing is trained: leave WithAugmentation out");
        }

        if (!File.Exists(network.Path))
        {
            problems.Add($"the network '{network.Path}' does not exist (looked for '{Path.GetFullPath(network.Path)}')");
        }

        if (network.Labels is { } labels && !File.Exists(labels))
        {
            problems.Add($"the labels file '{labels}' does not exist (looked for '{Path.GetFullPath(labels)}')");
        }
    }

    public PreTrainingResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new PreTrainingResult
        {
            Model = TransferModel.FromNetwork(
                network.Path,
                network.Labels,
                network.Options,
                new ModelLoadOptions { Formats = settings.Formats, Engine = settings.Engine }),
            Backbone = null,
            Metrics = null,
            Training = null,
            TrainImages = 0,
            Extraction = ExtractionSummary.None,
        };
    }
}
