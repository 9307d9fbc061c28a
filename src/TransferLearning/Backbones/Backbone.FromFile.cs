namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>Reads a network from an ONNX file.</summary>
    /// <param name="path">The file (.onnx).</param>
    /// <param name="options">What the file does not say itself; null for the defaults.</param>
    /// <exception cref="TransferLearningException">The file is not there, is no supported network, or has no features to be
    /// found.</exception>
    public static Backbone FromFile(string path, BackboneOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        throw new NotSupportedException($"{path} {options}");
    }
}
