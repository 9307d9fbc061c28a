using System.Security.Cryptography;
using TransferLearning.Backbones;
using TransferLearning.Files;
using TransferLearning.Models.Descriptions;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Describes the model: labels, network, preprocessing, how it was trained, how well it did.</summary>
    /// <remarks>
    /// Computes a hash of all weights where the file does not have it, and no image. How well the model does on other images,
    /// <see cref="Evaluate(Data.ImageDataset, IProgress{int}?, CancellationToken)"/> says.
    /// </remarks>
    /// <example><code>
    /// ModelDescription model = TransferModel.DescribeFile("flowers.onnx");
    /// Console.WriteLine($"{model.Labels.Count} classes, {model.Backbone}, accuracy {model.Figures.Accuracy:P1}");
    /// File.WriteAllText("flowers.md", model.ToModelCard());
    /// </code></example>
    public ModelDescription Describe()
    {
        IReadOnlyDictionary<string, string> facts = Origin.Facts;
        (int Features, string Fingerprint)? head = ReadHead(facts);
        string? fingerprint = facts.GetValueOrDefault(FactNames.BackboneFingerprint)
            ?? (facts.ContainsKey(FactNames.TunedStages) ? null : head?.Fingerprint);
        return new ModelDescription
        {
            Labels = Labels,
            Backbone = Origin.Backbone,
            BackboneFingerprint = fingerprint,
            Features = head?.Features,
            Weights = _graph.Initializers.Values.Sum(w => (long)w.Length),
            WeightsLicense = facts.GetValueOrDefault(FactNames.WeightsLicense) ?? BuiltInLicense(Origin.Backbone, fingerprint),
            StoredAs = _metadata.FileWeights,
            InputName = _graph.Inputs[0].Name,
            Preprocessing = Preprocessing,
            Training = DescriptionFacts.Training(facts),
            Figures = DescriptionFacts.Figures(facts, FalseRejectRate),
            DetectsUnknown = Detector is not null,
            TrainingHashes = TrainingHashes?.Count,
            LibraryVersion = facts.GetValueOrDefault(FactNames.Library),
            FormatVersion = _metadata.FileVersion ?? _metadata.VersionToWrite,
            Created = Origin.Created,
            Facts = facts,
        };
    }

    /// <summary>Describes the model in a file, as <see cref="Describe"/> does, and the file.</summary>
    /// <param name="path">The file that <see cref="Save(string)"/> wrote.</param>
    /// <remarks>Reads the file twice, and predicts nothing.</remarks>
    /// <exception cref="TransferLearningException">The file cannot be read, or is damaged, or is not a model of this library.</exception>
    public static ModelDescription DescribeFile(string path)
    {
        using TransferModel model = Load(path, new ModelLoadOptions(), runs: false);
        try
        {
            using FileStream file = File.OpenRead(path);
            return model.Describe() with
            {
                File = new ModelFile(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(file))),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the model '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The number of features, and the fingerprint of the network that computes them; null for a network with its own
    /// classifier.</summary>
    private (int Features, string Fingerprint)? ReadHead(IReadOnlyDictionary<string, string> facts)
    {
        if (ModelGraph.TrySplit(_graph) is not { } parts)
        {
            return null;
        }

        // Hashing all weights takes longer than reading the model.
        string fingerprint = facts.GetValueOrDefault(FactNames.BackboneFingerprint) ?? Split().Backbone.Fingerprint;
        return (parts.Heads[0].FeatureSize, fingerprint);
    }

    /// <summary>The license of a network that comes with the library, for files that do not say it.</summary>
    private static string? BuiltInLicense(string? name, string? fingerprint)
    {
        try
        {
            return (name, fingerprint) switch
            {
                ("compact", { } given) when given == Backbone.Compact.Fingerprint => Backbone.CompactLicense,
                ("resnet18", { } given) when given == Backbone.ResNet18.Fingerprint => Backbone.ResNet18License,
                _ => null,
            };
        }
        catch (TransferLearningException)
        {
            // The application leaves out the weights of ResNet-18, so there is nothing to compare with.
            return null;
        }
    }
}
