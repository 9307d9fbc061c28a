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
    /// <param name="path">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <remarks>Each image is run through the network once. Canceled during training, Fit returns the best model until then.</remarks>
    /// <example><code>
    /// PreTrainingResult result = TransferPipeline.PreTrain("photos-large/").Fit();
    /// DatasetLabels labels = result.Model.Label(ImageDataset.Open("photos-small/"));
    /// Console.WriteLine($"{labels.Images.Count} images labeled, {labels.Agreement?.Agreement:P1} as they were labeled before");
    /// </code></example>
    public static TransferPipeline<PreTrainingResult> PreTrain(string path, PreTrainingOptions? options = null) =>
        PreTrain(DataSource.At(path), options);

    /// <inheritdoc cref="PreTrain(string, PreTrainingOptions?)"/>
    /// <param name="data">The labeled images.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    public static TransferPipeline<PreTrainingResult> PreTrain(ImageDataset data, PreTrainingOptions? options = null) =>
        PreTrain(DataSource.Of(data), options);

    /// <summary>Makes a model of a network that is trained already and has a classifier of its own, to label data sets.</summary>
    /// <param name="network">The network and its labels.</param>
    /// <remarks>Fit reads the two files and trains nothing. Not for <see cref="TransferPipeline{TResult}.WithBackbone"/>.</remarks>
    /// <example><code>
    /// var network = new PretrainedNetwork { Path = "mobilenet_v2.onnx", Labels = "imagenet-labels.txt" };
    /// using TransferModel model = TransferPipeline.PreTrain(network).Fit().Model;
    /// Console.WriteLine(model.Predict("rose.jpg").Label);
    /// </code></example>
    public static TransferPipeline<PreTrainingResult> PreTrain(PretrainedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(new PretrainedNetworkStrategy(network), new TransferSettings());
    }

    private static TransferPipeline<PreTrainingResult> PreTrain(DataSource data, PreTrainingOptions? options) =>
        new(new PreTrainingStrategy(data, options ?? new PreTrainingOptions()), new TransferSettings());
}
