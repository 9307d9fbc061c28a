using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Tests;

/// <summary>Writes models with the small built-in network and a head of random weights, which differ by labels and seed.</summary>
internal static class Classifier
{
    /// <summary>Writes a model file as one should: complete, then moved to its place.</summary>
    public static void Save(string path, int seed, params string[] labels)
    {
        using TransferModel model = Create(seed, labels);
        model.Save(path);
    }

    public static TransferModel Create(int seed, params string[] labels)
    {
        var random = new Random(seed);
        Backbone backbone = Backbone.Compact;
        float[] weights = [.. Enumerable.Range(0, labels.Length * backbone.FeatureSize).Select(_ => random.NextSingle() - 0.5f)];
        return new TransferModel(backbone, new LinearHead(labels.Length, backbone.FeatureSize, weights, new float[labels.Length]), labels);
    }
}
