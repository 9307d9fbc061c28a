using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models.TrainingImages;
using TransferLearning.OutOfDistribution;

namespace TransferLearning.Models.Saving;

/// <summary>
/// What a model file keeps in ONNX's metadata: <c>transferlearning.version</c> (3, 1 where there is no out-of-distribution detector, or
/// that of the file that the detector was read from), <c>transferlearning.labels</c> (JSON array of texts, in the order of the
/// probabilities), <c>transferlearning.preprocessing</c> (see <see cref="PreprocessingJson"/>), <c>transferlearning.origin</c> (JSON
/// object: backbone, created, facts), and, where there are such, <c>transferlearning.unknown</c> (base64 of the detector, see
/// <see cref="DetectorFormat"/>, in version 1 <see cref="EarlierDetectorFormat"/>), <c>transferlearning.trainingImages</c> (see
/// <see cref="TrainingHashes"/>) and <c>transferlearning.weights</c> (see <see cref="WeightsText"/>; absent in files of earlier
/// versions). Immutable.
/// </summary>
internal sealed record ModelMetadata(ImmutableArray<string> Labels, ImagePreprocessing Preprocessing, ModelOrigin Origin)
{
    private const int Version = 3;
    private const string VersionKey = "transferlearning.version";
    private const string LabelsKey = "transferlearning.labels";
    private const string OriginKey = "transferlearning.origin";
    private const string WeightsKey = "transferlearning.weights";
    private const string DetectorKey = "transferlearning.unknown";

    /// <summary>The out-of-distribution detector; null for none.</summary>
    public OutOfDistributionDetector? Detector { get; init; }

    /// <summary>The images that the model was trained on; null where it does not keep them.</summary>
    public TrainingHashes? TrainingHashes { get; init; }

    /// <summary>The version of the file that this was read from; null for a model that was made by this process.</summary>
    public int? FileVersion { get; private init; }

    /// <summary>How the file that this was read from stores its weights; null for a model that was made by this process, and for a file of
    /// an earlier version, which does not say it.</summary>
    public WeightPrecision? FileWeights { get; private init; }

    /// <summary>The version that <see cref="Write"/> writes.</summary>
    public int VersionToWrite => Detector switch
    {
        null => 1,
        { Distance.Shares.IsEmpty: true } => 1,
        { Spread: null } => 2,
        _ => Version,
    };

    /// <param name="weights">How the file stores its weights.</param>
    public ImmutableSortedDictionary<string, string> Write(WeightPrecision weights = WeightPrecision.Float32)
    {
        ImmutableSortedDictionary<string, string> metadata = WriteDetector().Add(WeightsKey, WeightsText.Of(weights));
        return TrainingHashes is null ? metadata : metadata.Add(TrainingImages.TrainingHashes.MetadataKey, TrainingHashes.Write());
    }

    /// <exception cref="TransferLearningException">
    /// The metadata is not what <see cref="Write"/> writes. The message lacks its subject, the file's name.
    /// </exception>
    public static ModelMetadata Read(IReadOnlyDictionary<string, string> metadata) => ReadTexts(metadata).ReadRest(metadata);

    /// <summary>Reads labels, preprocessing and origin, without what takes longer to read: see <see cref="ReadRest"/>.</summary>
    /// <inheritdoc cref="Read"/>
    public static ModelMetadata ReadTexts(IReadOnlyDictionary<string, string> metadata)
    {
        int version = ReadVersion(metadata);
        return ThrowIfDamaged(() => new ModelMetadata(
            [.. ReadLabels(Text(metadata, LabelsKey))],
            PreprocessingJson.Read(Text(metadata, PreprocessingJson.MetadataKey)),
            ModelOriginJson.Read(Text(metadata, OriginKey)))
        {
            FileVersion = version,
            FileWeights = metadata.TryGetValue(WeightsKey, out string? weights) ? WeightsText.Read(weights) : null,
        });
    }

    /// <summary>These, with the detector and the hashes of the training images, where there are such.</summary>
    /// <inheritdoc cref="Read"/>
    public ModelMetadata ReadRest(IReadOnlyDictionary<string, string> metadata) => this with
    {
        Detector = ReadDetector(metadata),
        TrainingHashes = metadata.TryGetValue(TrainingImages.TrainingHashes.MetadataKey, out string? hashes)
            ? ThrowIfDamaged(() => TrainingImages.TrainingHashes.Read(hashes))
            : null,
    };

    /// <summary>Tells whether there is a detector to read.</summary>
    public static bool HasDetector(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(DetectorKey);

    /// <summary>Whether a file with this metadata is a saved model.</summary>
    public static bool IsModel(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(VersionKey);

    private static OutOfDistributionDetector? ReadDetector(IReadOnlyDictionary<string, string> metadata)
    {
        int version = ReadVersion(metadata);
        return metadata.TryGetValue(DetectorKey, out string? detector)
            ? ThrowIfDamaged(() => ReadDetector(Convert.FromBase64String(detector), version))
            : null;
    }

    private ImmutableSortedDictionary<string, string> WriteDetector()
    {
        ImmutableSortedDictionary<string, string> required = Required(VersionToWrite);
        if (Detector is null)
        {
            return required;
        }

        byte[] detector = VersionToWrite == 1 ? EarlierDetectorFormat.Write(Detector) : DetectorFormat.Write(Detector, VersionToWrite);
        return required.Add(DetectorKey, Convert.ToBase64String(detector));
    }

    private static int ReadVersion(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(VersionKey, out string? version))
        {
            throw new TransferLearningException(
                $"is an ONNX network, but no model of this library (its metadata has no '{VersionKey}'): "
                + "load a file that was saved as a model, or use this file as a backbone");
        }

        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= Version
            ? number
            : throw new TransferLearningException(
                $"has the model version '{version}', but only 1 to {Version} are supported: update the library");
    }

    private static T ThrowIfDamaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException)
        {
            throw new TransferLearningException($"has damaged metadata: {e.Message}", e);
        }
    }

    private ImmutableSortedDictionary<string, string> Required(int version) => ImmutableSortedDictionary<string, string>.Empty
        .Add(VersionKey, version.ToString(CultureInfo.InvariantCulture))
        .Add(LabelsKey, WriteLabels())
        .Add(PreprocessingJson.MetadataKey, PreprocessingJson.Write(Preprocessing))
        .Add(OriginKey, ModelOriginJson.Write(Origin));

    private static OutOfDistributionDetector ReadDetector(byte[] content, int version) =>
        version == 1 ? EarlierDetectorFormat.Read(content) : DetectorFormat.Read(content, version);

    private string WriteLabels() => JsonText.Write(json =>
    {
        json.WriteStartArray();
        foreach (string label in Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
    });

    private static string[] ReadLabels(string text) => JsonText.Read(text, root =>
    {
        string[] labels = new string[root.GetArrayLength()];
        for (int c = 0; c < labels.Length; c++)
        {
            labels[c] = JsonText.Required(root[c]);
        }

        return labels;
    });

    private static string Text(IReadOnlyDictionary<string, string> metadata, string key) =>
        metadata.TryGetValue(key, out string? text) ? text : throw new JsonException($"'{key}' is missing");
}
