using TransferLearning.Models.Saving;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Writes the model as one ONNX file: input <c>[N, 3, H, W]</c>, output <c>probabilities</c> <c>[N, classes]</c>; labels, preprocessing
    /// and origin are in its metadata. The file appears under its name only when it is complete.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <remarks>The model may predict meanwhile, and stays usable.</remarks>
    /// <example><code>
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
    /// result.Model.Save("flowers.onnx");
    /// result.Model.Save("flowers-small.onnx", new ModelSaveOptions { Weights = WeightPrecision.Float16 });
    /// </code></example>
    /// <exception cref="TransferLearningException">The file cannot be written: no such folder, no permission, disk full.</exception>
    public void Save(string path) => Save(path, new ModelSaveOptions());

    /// <summary>Writes the model as <see cref="Save(string)"/> does, with options.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="options">How the file is written, such as with smaller weights.</param>
    /// <exception cref="TransferLearningException">
    /// The file cannot be written, or the network has an operator that cannot be saved with these weights.
    /// </exception>
    public void Save(string path, ModelSaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Save(path, TypeOf(options), options.KeepsDate);
    }

    /// <summary>Writes the model as <see cref="Save(string)"/> does, with weights of this type.</summary>
    internal void Save(string path, OnnxWeightType weights, bool keepsDate = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            OnnxWriter.WriteFile(WithMetadata(weights, keepsDate), path, weights);
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the model cannot be saved as '{path}': {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the model cannot be saved as '{path}': {e.Message}", e);
        }
    }

    /// <summary>Writes the model to a stream, as <see cref="Save(string)"/> does to a file.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream) => Save(stream, new ModelSaveOptions());

    /// <summary>Writes the model to a stream, as <see cref="Save(string, ModelSaveOptions)"/> does to a file.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="options">How the file is written, such as with smaller weights.</param>
    /// <exception cref="TransferLearningException">The network has an operator that cannot be saved with these weights.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream, ModelSaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            OnnxWeightType weights = TypeOf(options);
            OnnxWriter.Write(WithMetadata(weights, options.KeepsDate), stream, weights);
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the model cannot be saved: {e.Message}", e);
        }
    }

    private static OnnxWeightType TypeOf(ModelSaveOptions options) => options.Weights switch
    {
        WeightPrecision.Float32 => OnnxWeightType.Float32,
        WeightPrecision.Float16 => OnnxWeightType.Float16,
        WeightPrecision.Bfloat16 => OnnxWeightType.Bfloat16,
        WeightPrecision.Int8 => OnnxWeightType.Int8,
        var other => throw new ArgumentException(
            $"{other} is not a weight precision: expected {string.Join(", ", Enum.GetNames<WeightPrecision>())}", nameof(options)),
    };

    private static WeightPrecision PrecisionOf(OnnxWeightType type) => type switch
    {
        OnnxWeightType.Float32 or OnnxWeightType.Float32Only => WeightPrecision.Float32,
        OnnxWeightType.Float16 => WeightPrecision.Float16,
        OnnxWeightType.Bfloat16 => WeightPrecision.Bfloat16,
        OnnxWeightType.Int8 => WeightPrecision.Int8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "a type of weights has a precision"),
    };

    private Graph WithMetadata(OnnxWeightType weights, bool keepsDate)
    {
        ModelMetadata metadata = keepsDate ? _metadata : _metadata with { Origin = _metadata.Origin with { Created = null } };
        return _graph with { Metadata = metadata.Write(PrecisionOf(weights)) };
    }
}
