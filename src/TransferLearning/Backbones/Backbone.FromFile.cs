using System.Text.Json;
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
    private const int DefaultInputSize = 224;

    /// <summary>
    /// Reads a network from an ONNX or TensorFlow file: a classifier, which is cut before its last layer, or a network that ends in its
    /// features.
    /// </summary>
    /// <param name="path">
    /// The file, with one image input: ONNX (.onnx, <c>[N, 3, H, W]</c>), or TensorFlow's frozen GraphDef (.pb) or MetaGraphDef (.meta),
    /// <c>[N, H, W, 3]</c>. For the four networks of ML.NET's image classification trainer, the input, the bottleneck (1001 logits) and the
    /// scaling (0..1) are known.
    /// </param>
    /// <param name="options">What the file does not state; null for the defaults.</param>
    /// <remarks>Reads all weights into memory and hashes them for <see cref="Fingerprint"/>. The file is closed again.</remarks>
    /// <example><code>
    /// Backbone backbone = Backbone.FromFile("mobilenet_v2.onnx", new BackboneOptions { Resize = ResizeMode.CenterCrop });
    /// Console.WriteLine($"{backbone.Name}: {backbone.FeatureSize} features from {backbone.Preprocessing.Width} pixels");
    /// FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(backbone).Fit();
    /// </code></example>
    /// <exception cref="TransferLearningException">
    /// The file cannot be read, is not a supported network, has no features that can be found, or cannot run at the input size.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The input size is not 16 to 2048 pixels.</exception>
    public static Backbone FromFile(string path, BackboneOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new BackboneOptions();
        if (!File.Exists(path))
        {
            throw new TransferLearningException($"the network '{path}' does not exist (looked for '{Path.GetFullPath(path)}')");
        }

        try
        {
            string name = Path.GetFileNameWithoutExtension(path);
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".onnx" => FromGraph(name, OnnxReader.Read(path), options),
                ".pb" or ".meta" => FromTensorFlow(name, TensorFlowNetwork.Read(path), options),
                var other => throw new TransferLearningException(
                    $"the network '{path}' has the format '{other}', which is not supported: expected .onnx, .pb or .meta"),
            };
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the network '{path}' cannot be used as a backbone: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the network '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="InvalidNetworkException">The network has no features, or cannot run at the size.</exception>
    internal static Backbone FromGraph(string name, Graph graph, BackboneOptions options)
    {
        if (options.InputSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 16, nameof(options));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 2048, nameof(options));
        }

        // Weights stored as float16 or computed from others become plain ones: how a file stores them must not change the fingerprint.
        graph = ConstantFolding.Run(graph);
        ValueInfo input = ImageInput(graph);
        if (options.InputName is { } inputName && inputName != input.Name)
        {
            throw new InvalidNetworkException($"its input is '{input.Name}', not '{inputName}'");
        }

        ImagePreprocessing preprocessing = Preprocess(graph, input, options);
        string features = options.FeaturesName is { } given ? FeatureFinder.Check(graph, given)
            : options.EndsInClassifier ? ClassifierFinder.Find(graph) : FeatureFinder.Find(graph);
        return FromFeatures(name, graph, features, preprocessing);
    }

    /// <summary>The part of a network that computes a value, for images with this preprocessing.</summary>
    internal static Backbone FromFeatures(string name, Graph graph, string features, ImagePreprocessing preprocessing)
    {
        Graph cut = FeatureGraph.Cut(graph, features, new Shape(-1, 3, preprocessing.Height, preprocessing.Width));
        return new Backbone(name, cut, preprocessing, cut.Outputs[0].Shape[1]);
    }

    private static ValueInfo ImageInput(Graph graph) =>
        graph.Inputs is [{ Type: ElementType.Float32, Shape.Rank: 4 } input] && input.Shape[1] is 3 or -1
            ? input
            : throw new InvalidNetworkException(
                $"it has the inputs {string.Join(", ", graph.Inputs.Select(i => $"{i.Name} {i.Type}{i.Shape}"))}: "
                + "expected one, Float32[N,3,H,W]");

    private static ImagePreprocessing Preprocess(Graph graph, ValueInfo input, BackboneOptions options)
    {
        ImagePreprocessing? stored = graph.Metadata.TryGetValue(PreprocessingJson.MetadataKey, out string? json) ? Read(json) : null;
        int Size(int declared) => options.InputSize ?? (declared > 0 ? declared : DefaultInputSize);
        return new ImagePreprocessing
        {
            Height = Size(input.Shape[2]),
            Width = Size(input.Shape[3]),
            Resize = options.Resize ?? stored?.Resize ?? ResizeMode.Stretch,
            Normalization = options.Normalization ?? stored?.Normalization ?? PixelNormalization.Inception,
        };
    }

    private static ImagePreprocessing Read(string json)
    {
        try
        {
            return PreprocessingJson.Read(json);
        }
        catch (JsonException e)
        {
            throw new InvalidNetworkException($"its metadata '{PreprocessingJson.MetadataKey}' is not valid: {e.Message}", e);
        }
    }
}
