using TransferLearning.Imaging;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>
    /// Reads a model that <see cref="Save(string)"/> wrote. Threads of the pool make its network ready for the first prediction meanwhile,
    /// and at the first call in a process the library's own code.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TransferLearningException">The file is not there, or is no model of this library.</exception>
    public static TransferModel Load(string path) => Load(path, new ModelLoadOptions());

    /// <summary>Reads a model as <see cref="Load(string)"/> does, with options.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is loaded, such as which image formats it predicts.</param>
    /// <exception cref="TransferLearningException">The file is not there, or is no model of this library.</exception>
    public static TransferModel Load(string path, ModelLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        WarmUp.Start();
        try
        {
            return Load(File.ReadAllBytes(path), path, options.Formats);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the model '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a model from a stream, to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <exception cref="TransferLearningException">The content is no model of this library.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TransferModel Load(Stream stream) => Load(stream, new ModelLoadOptions());

    /// <summary>Reads a model from a stream, to its end, with options.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="options">How it is loaded, such as which image formats it predicts.</param>
    /// <exception cref="TransferLearningException">The content is no model of this library.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TransferModel Load(Stream stream, ModelLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        WarmUp.Start();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return Load(content.GetBuffer().AsMemory(0, (int)content.Length), "(stream)", options.Formats);
    }

    private static TransferModel Load(ReadOnlyMemory<byte> content, string name, ImageFormats formats)
    {
        try
        {
            Graph graph = OnnxReader.Read(content, name);
            return Described(name, () => Load(graph, formats));
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"'{name}' is no model: {e.Message}", e);
        }
    }

    private static TransferModel Load(Graph graph, ImageFormats formats)
    {
        var texts = ModelMetadata.ReadTexts(graph.Metadata);
        if (graph.Outputs is not [{ Name: ModelGraph.OutputName } probabilities] || probabilities.Shape[-1] != texts.Labels.Length)
        {
            throw new TransferLearningException(
                $"is damaged: expected one output '{ModelGraph.OutputName}' with {texts.Labels.Length} classes");
        }

        var output = ModelOutput.Of(graph, texts.Labels, ModelMetadata.HasDetector(graph.Metadata));
        var engine = new PredictionEngine(graph, texts.Preprocessing, output.Name);
        engine.Prepare();
        try
        {
            return new TransferModel(graph, texts with { Unknown = ModelMetadata.ReadDetector(graph.Metadata) }, output, engine)
            {
                Formats = formats,
            };
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private static T Described<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TransferLearningException e)
        {
            throw new TransferLearningException($"'{name}' {e.Message}", e);
        }
    }
}
