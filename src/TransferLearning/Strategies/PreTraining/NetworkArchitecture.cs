using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Errors;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Strategies;

/// <summary>The layers of a network that is trained from random weights (<see cref="PreTrainingOptions.Architecture"/>).</summary>
/// <remarks>
/// Immutable; thread-safe. Two are equal if they have the same layers. All have batch normalization beside their convolutions, pixel values
/// of -1..1 as input, and rectifiers.
/// </remarks>
public sealed record NetworkArchitecture
{
    private const string MobileNetV2Name = "mobilenet_v2";

    private static readonly double[] Widths = [0.35, 0.5, 0.75, 1];

    private readonly double _width;

    private NetworkArchitecture(string name, int defaultInputSize, double width = 1) =>
        (Name, DefaultInputSize, _width) = (name, defaultInputSize, width);

    /// <summary>
    /// That of <see cref="Backbone.Compact"/>: dense 3x3 convolutions with 1.2 million weights, 384 features and 167 million multiply-adds
    /// at 128 pixels. What it learns fits a CPU best.
    /// </summary>
    public static NetworkArchitecture Compact { get; } = new("compact", 128);

    /// <summary>
    /// ResNet-18 (He et al., "Deep residual learning for image recognition", 2016): 11 million weights, 512 features and 1.8 billion
    /// multiply-adds at 224 pixels.
    /// </summary>
    public static NetworkArchitecture ResNet18 { get; } = new("resnet18", 224);

    /// <summary>The name: <c>compact</c>, <c>resnet18</c>, or <c>mobilenet_v2:WIDTH</c>.</summary>
    public string Name { get; }

    /// <summary>The side of the input in pixels where <see cref="PreTrainingOptions.InputSize"/> does not say it.</summary>
    public int DefaultInputSize { get; }

    /// <summary>
    /// MobileNetV2 (Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", 2018): depthwise convolutions and 1280
    /// features; 3.5 million weights and 300 million multiply-adds at width 1 and 224 pixels.
    /// </summary>
    /// <param name="width">What the number of channels is multiplied by: 0.35, 0.5, 0.75 or 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is another one.</exception>
    public static NetworkArchitecture MobileNetV2(double width = 1) => Widths.Contains(width)
        ? new(string.Create(CultureInfo.InvariantCulture, $"{MobileNetV2Name}:{width}"), 224, width)
        : throw new ArgumentOutOfRangeException(nameof(width), width, $"the width of MobileNetV2 is one of {AllWidths()}");

    /// <summary>Finds an architecture by its <see cref="Name"/>; <c>mobilenet_v2</c> alone has width 1.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="TransferLearningException">There is no such architecture; the message lists all.</exception>
    public static NetworkArchitecture Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        NetworkArchitecture[] all = [Compact, ResNet18, .. Widths.Select(MobileNetV2)];
        return name == MobileNetV2Name
            ? MobileNetV2()
            : all.FirstOrDefault(a => a.Name == name) ?? throw new TransferLearningException(
                $"there is no architecture '{name}': expected compact, resnet18, or {MobileNetV2Name}:WIDTH with a width of {AllWidths()}"
                + Question(name, all));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>How images become the input.</summary>
    internal static ImagePreprocessing Preprocessing(int inputSize) =>
        new() { Width = inputSize, Height = inputSize, Normalization = PixelNormalization.Inception };

    /// <summary>The network with the weights that training begins with.</summary>
    /// <returns>
    /// One input, and the outputs <see cref="PreTraining.TrainingGraph.Features"/> and <see cref="PreTraining.TrainingGraph.Logits"/>.
    /// </returns>
    internal Graph Build(int seed, int inputSize, int classes) => Name switch
    {
        "compact" => Architectures.Compact(seed, inputSize, classes, WeightInitialization.Training),
        "resnet18" => Architectures.ResNet18(seed, inputSize, classes, WeightInitialization.Training),
        _ when Name.StartsWith(MobileNetV2Name, StringComparison.Ordinal) =>
            Architectures.MobileNetV2(seed, inputSize, _width, classes, WeightInitialization.Training),
        _ => throw new NotSupportedException($"the architecture '{Name}' cannot be built"),
    };

    // Another width is no misspelling of a valid one.
    private static string Question(string name, NetworkArchitecture[] all) =>
        name.StartsWith($"{MobileNetV2Name}:", StringComparison.Ordinal)
            ? ""
            : NearestName.Question(name, all.Select(a => a.Name).Append(MobileNetV2Name));

    private static string AllWidths() => string.Join(", ", Widths.Select(w => w.ToString(CultureInfo.InvariantCulture)));
}
