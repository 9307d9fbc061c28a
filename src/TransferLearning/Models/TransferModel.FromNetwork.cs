using System.Collections.Immutable;
using TransferLearning.Backbones;
using TransferLearning.Models.Labeling;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>The fact that says how the classes of a network were found, where the user should know.</summary>
    internal const string LabelsFact = "labels";

    /// <summary>The fact that says how the normalization of the input was found, where no file says it.</summary>
    internal const string NormalizationFact = "normalization";

    /// <summary>Makes a model of a pre-trained network that has its own classifier, without any training.</summary>
    /// <param name="path">The network's file: see <see cref="Backbone.FromFile"/>.</param>
    /// <param name="labelsPath">
    /// The classes that the network's outputs stand for, UTF-8: one line per output, which may begin with the output's number
    /// (<c>0 daisy</c>); or a .tsv file with one row per output, whose last column is the class. A network with 1001 outputs and a file
    /// with 1000 labels gets <c>background</c> as its first class. Null for the classes of ImageNet, for networks with 1000 outputs, or
    /// 1001 with <c>background</c> first. What was added is among the facts of <see cref="Origin"/>, as <c>labels</c>.
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
    public static TransferModel FromNetwork(
        string path, string? labelsPath = null, BackboneOptions? options = null, ModelLoadOptions? load = null)
    {
        var classifier = Backbone.FromFile(path, (options ?? new BackboneOptions()) with { EndsInClassifier = true });
        return FromClassifier(classifier, path, labelsPath, load);
    }

    /// <summary>The same, of a network that is read already.</summary>
    /// <param name="classifier">The network, with its logits as features.</param>
    internal static TransferModel FromClassifier(Backbone classifier, string path, string? labelsPath, ModelLoadOptions? load)
    {
        load ??= new ModelLoadOptions();
        (IReadOnlyList<string> labels, string? note) = NetworkLabels.Of(path, classifier.FeatureSize, labelsPath);
        ImmutableSortedDictionary<string, string> facts = ImmutableSortedDictionary<string, string>.Empty;
        facts = note is null ? facts : facts.Add(LabelsFact, note);
        facts = classifier.PreprocessingSource is PreprocessingSource.Assumed or PreprocessingSource.Measured
            ? facts.Add(NormalizationFact, classifier.PreprocessingReason)
            : facts;
        return new TransferModel(
            ModelGraph.AddSoftmax(classifier.Graph, labels.Count),
            new ModelMetadata([.. labels], classifier.Preprocessing, new ModelOrigin { Backbone = classifier.Name, Facts = facts }),
            load.Engine)
        {
            Formats = load.Formats,
            Limits = load.Limits,
            Name = $"'{path}'",
        };
    }

    /// <summary>Whether a file is a network that is not a saved model. False for a file that cannot be read: loading it says why.</summary>
    internal static bool IsNetwork(string path)
    {
        if (!Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(path);
        }

        try
        {
            return !ModelMetadata.IsModel(OnnxReader.ReadUnchecked(path).Metadata);
        }
        catch (Exception e) when (e is InvalidNetworkException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
