using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>The shared image sets and networks, with their bottlenecks in a cache, and a seeded part held out of each set.</summary>
internal sealed class SharedSets(string cacheDirectory)
{
    public static readonly string[] SetNames = ["hymenoptera", "flowers-small", "concrete-cracks", "sign-digits", "trashnet"];

    public static readonly string[] NetworkNames = ["compact_v0", "mobilenet_v1_0.25_128", "mobilenet_v1_0.5_160", "mobilenet_v2_1.0_224"];

    public BottleneckCache Cache { get; } = new(cacheDirectory);

    public static ImageDataset Open(string name) => ImageDataset.Open(SharedFiles.PathOf("data", name));

    /// <summary>A shared network, with the normalization that it was trained with, which its file does not say.</summary>
    public static Backbone Network(string name) => Backbone.FromFile(
        SharedFiles.PathOf("models", "onnx", $"{name}.onnx"), new BackboneOptions { Normalization = PixelNormalization.Inception });

    /// <summary>The set's own split, or else one that holds out a fifth by the seed.</summary>
    public static DatasetSplit Divide(ImageDataset data, int seed) => data.OwnSplit ?? data.Split(0.2, seed);

    public LabeledBottlenecks Extract(ImageDataset data, Backbone backbone)
    {
        Extraction extraction = new BottleneckExtractor(backbone, Cache).Extract(data);
        return new LabeledBottlenecks(extraction.Bottlenecks, extraction.Images.LabelIndices.ToArray(), extraction.Images.Labels);
    }
}
