using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Strategies;
using TransferLearning.Tests.Tuning.Stages;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Strategies.StageTuning;

/// <summary>Trainings of stages of a small network with random weights, on drawn images, in about a second.</summary>
internal static class UnfrozenStages
{
    public static string[] Classes { get; } = ["red", "blue", "green", "yellow"];

    /// <summary>Images on which the tuned stages of <see cref="TunableNetworks.Normalized"/> do much better than its head alone.</summary>
    public static ImageDataset Discs { get; } = DrawnImages.Set(30, Classes);

    /// <summary>Settings with which they do.</summary>
    public static NetworkTrainingOptions Training { get; } = new()
    {
        Epochs = 5,
        BatchSize = 8,
        LearningRate = 0.003,
        Optimizer = NetworkOptimizer.AdamW,
    };

    public static TransferPipeline<FineTuningResult> FineTune(NetworkTrainingOptions training, int stages = 2) =>
        FineTune(Discs, training, stages);

    public static TransferPipeline<FineTuningResult> FineTune(ImageDataset data, NetworkTrainingOptions training, int stages = 2) =>
        TransferPipeline.FineTune(data, Options(training, stages)).WithBackbone(TunableNetworks.Normalized).WithoutBottleneckCache();

    public static FineTuningOptions Options(NetworkTrainingOptions training, int stages = 2) =>
        new() { UnfrozenStages = stages, StageTraining = training };

    /// <summary>The file of a model, without its date.</summary>
    public static byte[] Bytes(TransferModel model)
    {
        using var file = new MemoryStream();
        model.Save(file, new ModelSaveOptions { KeepsDate = false });
        return file.ToArray();
    }

    /// <summary>The figures and the model's file are the same.</summary>
    public static void ShouldBeTheSameAs(this FineTuningResult result, FineTuningResult expected)
    {
        StageTuningResult tuning = result.Tuning.ShouldNotBeNull(), other = expected.Tuning.ShouldNotBeNull();
        tuning.History.ShouldBe(other.History);
        (tuning.BestEpoch, tuning.TunedLoss, tuning.HeadLoss).ShouldBe((other.BestEpoch, other.TunedLoss, other.HeadLoss));
        (tuning.IsKept, tuning.IsOfAllImages, result.Canceled).ShouldBe((other.IsKept, other.IsOfAllImages, expected.Canceled));
        Bytes(result.Model).AsSpan().SequenceEqual(Bytes(expected.Model)).ShouldBeTrue("the models differ");
    }

    /// <summary>The arrays of a model's network, by name.</summary>
    public static Dictionary<string, float[]> Weights(TransferModel model) => model.Split().Backbone.Graph.Initializers
        .Where(i => i.Value.Type == ElementType.Float32)
        .ToDictionary(i => i.Key, i => i.Value.Floats.ToArray(), StringComparer.Ordinal);
}
