using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Strategies.PreTraining;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Trains a head on a large data set, over a network's features: a model that labels other data sets
    /// (<see cref="TransferModel.Label"/>).
    /// </summary>
    /// <param name="path">A folder with a folder a class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened by
    /// Fit.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<PreTrainingResult> PreTrain(string path, PreTrainingOptions? options = null) =>
        PreTrain(DataSource.At(path), options);

    /// <inheritdoc cref="PreTrain(string, PreTrainingOptions?)"/>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<PreTrainingResult> PreTrain(ImageDataset data, PreTrainingOptions? options = null) =>
        PreTrain(DataSource.Of(data), options);

    /// <summary>Takes a pre-trained network with its own classifier as it is, to label data sets by it.</summary>
    /// <param name="network">The network and its labels.</param>
    public static TransferPipeline<PreTrainingResult> PreTrain(PretrainedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(new PretrainedNetworkStrategy(network), new TransferSettings());
    }

    private static TransferPipeline<PreTrainingResult> PreTrain(DataSource data, PreTrainingOptions? options) =>
        new(new PreTrainingStrategy(data, options ?? new PreTrainingOptions()), new TransferSettings());
}
