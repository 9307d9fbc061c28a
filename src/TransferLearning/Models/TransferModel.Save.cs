using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Writes the model as one ONNX file: input <c>[N, 3, H, W]</c>, output <c>probabilities</c> <c>[N, classes]</c>; labels, preprocessing
    /// and origin are in its metadata. The file appears under its name only when it is complete.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="TransferLearningException">The file cannot be written: no such folder, no permission, disk full.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            OnnxWriter.WriteFile(Described(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the model cannot be saved as '{path}': {e.Message}", e);
        }
    }

    /// <summary>Writes the model to a stream, as <see cref="Save(string)"/> does to a file.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxWriter.Write(Described(), stream);
    }

    private Graph Described() => _graph with { Metadata = _metadata.Write() };
}
