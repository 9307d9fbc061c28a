using TransferLearning.Backbones;
using TransferLearning.Models.Labeling;
using TransferLearning.Models.Saving;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const string BackgroundLabel = "background";

    /// <summary>Takes a pre-trained network with its own classifier, as it is.</summary>
    /// <param name="path">The network's file: see <see cref="Backbone.FromFile"/>.</param>
    /// <param name="labelsPath">
    /// What its outputs stand for, UTF-8: a line an output with its class; or a .tsv file whose last column is the class. A network
    /// with one output more than there are lines has <c>background</c> first.
    /// </param>
    /// <param name="options">What the network file does not say itself; <see cref="BackboneOptions.FeaturesName"/> names the logits. Null
    /// for the defaults.</param>
    /// <param name="load">How the model is loaded, such as which image formats it predicts; null for the defaults.</param>
    /// <exception cref="TransferLearningException">
    /// A file cannot be used, the network has no classifier, or the number of labels does not fit.
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
                + $"{labels.Distinct(StringComparer.Ordinal).Count()} of them different: expected a line for each output");
        }

        var origin = new ModelOrigin { Backbone = classifier.Name };
        return new TransferModel(
            ModelGraph.AddSoftmax(classifier.Graph, labels.Count), new ModelMetadata([.. labels], classifier.Preprocessing, origin))
        {
            Formats = (load ?? new ModelLoadOptions()).Formats,
        };
    }
}
