using TransferLearning.Backbones.Features;
using TransferLearning.Backbones.Inputs;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Formats.TensorFlow;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>
    /// Reads a network from an ONNX or TensorFlow file: a classifier, which is cut before its last layer, or a network that ends in its
    /// features.
    /// </summary>
    /// <param name="path">
    /// The file, with one image input: ONNX (.onnx, <c>[N, 3, H, W]</c>), or TensorFlow's frozen GraphDef (.pb) or MetaGraphDef (.meta),
    /// <c>[N, H, W, 3]</c>. For the four networks of ML.NET's image classification trainer, the input, the bottleneck (1001 logits) and the
    /// scaling (0..1) are known.
    /// </param>
    /// <param name="options">What the file does not state, or states wrongly; null for the defaults.</param>
    /// <remarks>
    /// How images become the input is read from the first of these that says it: the options; metadata that this library wrote; the
    /// network's first nodes; Hugging Face's <c>preprocessor_config.json</c> or timm's <c>config.json</c> in the file's folder; the
    /// <see cref="BackboneCatalog"/>, for a file whose length and SHA-256 are those of an entry; the names of known TensorFlow networks;
    /// ONNX's metadata about images. <see cref="PreprocessingSource"/> tells which. Where nothing says it, a pipeline measures it on its
    /// first data set. Reads all weights into memory and hashes them for <see cref="Fingerprint"/>. All files are closed again. A network
    /// with operators that the embedded engine does not compute is read too, for another engine
    /// (<see cref="TransferPipeline{TResult}.WithEngine"/>).
    /// </remarks>
    /// <example><code>
    /// Backbone backbone = Backbone.FromFile("mobilenet_v2.onnx", new BackboneOptions { Resize = ResizeMode.CenterCrop });
    /// Console.WriteLine($"{backbone.Name}: {backbone.FeatureSize} features from {backbone.Preprocessing.Width} pixels");
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(backbone).Fit();
    /// </code></example>
    /// <exception cref="TransferLearningException">
    /// The file, its mean image or a file about its preprocessing cannot be read; or it is not a supported network, has no features that
    /// can be found, or cannot run at the input size.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The input size is not 16 to 2048 pixels.</exception>
    /// <exception cref="ArgumentException">The options give a normalization, and ask for one by measurement.</exception>
    public static Backbone FromFile(string path, BackboneOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? Read(path, options ?? new BackboneOptions(), BackboneCatalog.Open().Recognize(path))
            : throw new TransferLearningException($"the network '{path}' does not exist (looked for '{Path.GetFullPath(path)}')");
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="options">What the file does not state.</param>
    /// <param name="entry">What the catalog knows of a file of this content; null where it knows nothing.</param>
    private static Backbone Read(string path, BackboneOptions options, CatalogEntry? entry)
    {
        options = options with
        {
            Entry = entry,
            FeaturesName = options.FeaturesName ?? (options.EndsInClassifier ? null : entry?.FeaturesName),
        };
        try
        {
            string name = Path.GetFileNameWithoutExtension(path);
            Backbone backbone = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".onnx" => FromGraph(name, OnnxReader.ReadUnchecked(path), options, path),
                ".pb" or ".meta" => FromTensorFlow(name, TensorFlowNetwork.Read(path), options, path),
                var other => throw new TransferLearningException(
                    $"the network '{path}' has the format '{other}', which is not supported: expected .onnx, .pb or .meta"),
            };
            GraphValidation.CheckNumbers(backbone.Graph);
            return backbone;
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the network '{path}' cannot be used as a backbone: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the network '{path}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is not (TransferLearningException or ArgumentException))
        {
            throw new TransferLearningException($"the network '{path}' cannot be used as a backbone: {NetworkFault.Describe(e)}", e);
        }
    }

    /// <summary>A backbone from a graph.</summary>
    /// <param name="name">The backbone's name.</param>
    /// <param name="graph">The whole network.</param>
    /// <param name="options">What the caller says.</param>
    /// <param name="path">The file of the network; null for a built-in one.</param>
    /// <param name="conventions">What the format of the file tells about the preprocessing; null for nothing.</param>
    /// <exception cref="InvalidNetworkException">The network has no features, or cannot run at the size.</exception>
    internal static Backbone FromGraph(
        string name, Graph graph, BackboneOptions options, string? path = null, StatedPreprocessing? conventions = null)
    {
        if (options.InputSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 16, nameof(options));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 2048, nameof(options));
        }

        // What is not supported may lie behind the features: it is marked when the network is cut to them.
        // Weights stored as float16 or computed from others become plain ones: how a file stores them must not change the fingerprint.
        graph = ConstantFolding.Run(graph);
        var input = ImageInput.Find(graph, options.InputName);
        graph = InputNormalization.Run(graph, input);
        PreprocessingChoice choice = ChoosePreprocessing(graph, input, options, path, conventions);
        ImagePreprocessing preprocessing = choice.ToPreprocessing(input.Width, input.Height, options.InputSize);
        string features = options.FeaturesName is { } given ? FeatureFinder.Check(graph, given)
            : options.EndsInClassifier ? ClassifierFinder.Find(graph) : FeatureFinder.Find(graph);
        Graph cut = Cut(graph, features, preprocessing, options.FeaturesPooling);
        return new Backbone(name, WithMeanImage(cut, preprocessing, options), preprocessing, cut.Outputs[0].Shape[1])
        {
            PreprocessingSource = choice.Source,
            PreprocessingReason = choice.Reason,
            MeasuresNormalization = options.MeasureNormalization,
            License = options.License ?? options.Entry?.License,
        };
    }

    /// <summary>The part of a network that computes a value, for images with this preprocessing.</summary>
    internal static Backbone FromFeatures(
        string name,
        Graph graph,
        string features,
        ImagePreprocessing preprocessing,
        FeaturesPooling? pooling = null,
        string? license = null)
    {
        Graph cut = Cut(graph, features, preprocessing, pooling);
        return new Backbone(name, cut, preprocessing, cut.Outputs[0].Shape[1]) { License = license };
    }

    private static Graph Cut(Graph graph, string features, ImagePreprocessing preprocessing, FeaturesPooling? pooling) =>
        FeatureGraph.Cut(graph, features, new Shape(-1, 3, preprocessing.Height, preprocessing.Width), pooling);
}
