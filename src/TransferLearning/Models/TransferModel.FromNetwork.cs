using TransferLearning.Backbones;
using TransferLearning.Models.Labeling;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const string BackgroundLabel = "background";

    /// <summary>Makes a model of a pre-trained network that has its own classifier, without any training.</summary>
    /// <param name="path">The network's file: see <see cref="Backbone.FromFile"/>.</param>
    /// <param name="labelsPath">
    /// The classes that the network's outputs stand for, UTF-8: one line per output; or a .tsv file with one row per output, whose last
    /// column is the class. A network with one output more than the file has lines gets <c>background</c> as its first class.
    /// </param>
    /// <param name="options">
    /// What the network file does not state; <see cref="BackboneOptions.FeaturesName"/> names the logits. Null for the defaults.
    /// </param>
    /// <param name="load">How the model is loaded, such as which image formats it predicts; null for the defaults.</param>
    /// <returns>The model; dispose of it.</returns>
    /// <remarks>The network is compiled at the first prediction.</remarks>
    /// <exception cref="TransferLearningException">
    /// A file cannot be read, the network has no classifier, or the number of labels differs from the number of outputs.
    /// </exception>
    public static TransferModel FromNetwork(string path, string labelsPath, BackboneOptions? options = null, ModelLoadOptions? load = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        var classifier = Backbone.FromFile(path, (options ?? new BackboneOptions()) with { EndsInClassifier = true });
        IReadOnlyList<string> labels = NetworkLabels.Read(labelsPath);
        if (classifier.FeatureSize == labels.Count + 1)
        {
            labels = [BackgroundLabel, .. labels];
        }

        if (classifier.FeatureSize != labels.Count || labels.Distinct(StringComparer.Ordinal).Count() != labels.Count || labels.Count < 2)
        {
            throw new TransferLearningException(
                $"the network '{path}' has {classifier.FeatureSize} outputs, but '{labelsPath}' has {labels.Count} labels, "
                + $"{labels.Distinct(StringComparer.Ordinal).Count()} of them distinct: expected one line per output");
        }

        var origin = new ModelOrigin { Backbone = classifier.Name };
        return new TransferModel(
            ModelGraph.AddSoftmax(classifier.Graph, labels.Count), new ModelMetadata([.. labels], classifier.Preprocessing, origin))
        {
            Formats = (load ?? new ModelLoadOptions()).Formats,
        };
    }
}
