using TransferLearning.Runtime.Files;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>
    /// Writes the network to one ONNX file, with size, resize mode and normalization in its metadata. <see cref="FromFile"/> reads it
    /// without any option, and the command as <c>--backbone FILE</c>; its features, and so its <see cref="Fingerprint"/>, are the same.
    /// Batch normalization stays beside the convolutions where it is there, so that the network can be tuned.
    /// </summary>
    /// <param name="path">The file. It gets its name when it is complete; an existing one is replaced.</param>
    /// <exception cref="TransferLearningException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = WriteStored();
        try
        {
            WholeFile.Write(path, stream => stream.Write(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the network '{path}' cannot be written: {e.Message}", e);
        }
    }
}
