using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models.Saving;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    /// <summary>Reads a model that <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model; dispose of it.</returns>
    /// <remarks>
    /// The file is read, and closed again. Where there are several processors, the thread pool starts to compile the network already, so
    /// that the first prediction waits little or not at all.
    /// </remarks>
    /// <example><code>
    /// using TransferModel model = TransferModel.Load("flowers.onnx");
    /// Prediction prediction = model.Predict("rose.jpg");
    /// Console.WriteLine($"{prediction.Label}: {prediction.Probability:P1}");
    /// </code></example>
    /// <exception cref="TransferLearningException">The file cannot be read, or is damaged, or is not a model of this library.</exception>
    public static TransferModel Load(string path) => Load(path, new ModelLoadOptions());

    /// <summary>Reads a model as <see cref="Load(string)"/> does, with options.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is loaded, such as which image formats it predicts.</param>
    /// <returns>The model; dispose of it.</returns>
    /// <exception cref="TransferLearningException">The file cannot be read, or is damaged, or is not a model of this library.</exception>
    public static TransferModel Load(string path, ModelLoadOptions options) => Load(path, options, runs: true);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="runs">Whether its network will be run, and so has to be one that the engine runs.</param>
    private static TransferModel Load(string path, ModelLoadOptions options, bool runs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        WarmUp.Start();
        try
        {
            return Load(() => OnnxReader.ReadWholeUnchecked(path), path, options, runs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the model '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a model from a stream, to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <returns>The model; dispose of it.</returns>
    /// <remarks>As <see cref="Load(string)"/>.</remarks>
    /// <exception cref="TransferLearningException">The content is not a model of this library.</exception>
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
        return Load(content.GetBuffer().AsMemory(0, (int)content.Length), "(stream)", options);
    }

    private static TransferModel Load(ReadOnlyMemory<byte> content, string name, ModelLoadOptions options) =>
        Load(() => OnnxReader.ReadUnchecked(content, name), name, options, runs: true);

    private static TransferModel Load(Func<Graph> readUnchecked, string name, ModelLoadOptions options, bool runs)
    {
        try
        {
            // Another engine may compute what the embedded one refuses.
            Graph graph = ForeignNodes.Mark(readUnchecked());
            if (runs && options.Engine is EmbeddedEngine && EmbeddedEngine.FindProblem(graph.UnsupportedReason) is { } problem)
            {
                throw new TransferLearningException($"the model '{name}': {problem}");
            }

            return WithSubject(name, () => Load(graph, name, options));
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"'{name}' is not a model: {e.Message}", e);
        }
    }

    private static TransferModel Load(Graph graph, string name, ModelLoadOptions options)
    {
        var texts = ModelMetadata.ReadTexts(graph.Metadata);
        if (graph.Outputs is not [{ Name: ModelGraph.OutputName, Shape.Rank: > 0 } probabilities]
            || probabilities.Shape[-1] != texts.Labels.Length)
        {
            throw new TransferLearningException(
                $"is damaged: expected one output '{ModelGraph.OutputName}' with {texts.Labels.Length} classes");
        }

        var output = ModelOutput.Of(graph, texts.Labels, ModelMetadata.HasDetector(graph.Metadata));
        PredictionEngine predictions = Predictions(graph, texts.Preprocessing, output, options.Engine);
        predictions.Prepare();
        try
        {
            GraphValidation.CheckNumbers(graph);
            return new TransferModel(graph, texts.ReadRest(graph.Metadata), output, options.Engine, predictions)
            {
                Formats = options.Formats,
                Limits = options.Limits,
                Name = $"'{name}'",
            };
        }
        catch
        {
            predictions.Dispose();
            throw;
        }
    }

    /// <summary>Puts the file's name before the messages of what reads its content.</summary>
    private static T WithSubject<T>(string name, Func<T> read)
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
