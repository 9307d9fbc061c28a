using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.MLNet.Vision.Training;
using TransferLearning.Strategies;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.TensorFlow;

/// <summary>Tests of ML.NET's own trainer with TensorFlow. Skipped where TensorFlow does not run.</summary>
public sealed class ImageClassificationFitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImageClassificationFitTests()
    {
        var problems = new List<string>();
        TensorFlowPlatform.Current.Validate(problems);
        Skip.If(problems.Count > 0, string.Join("; ", problems));
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_head_is_the_one_that_the_trainer_evaluated()
    {
        LabeledBottlenecks training = Insects(12, 0), validation = Insects(8, 12);

        RetrainedHead result = Retrainer().Retrain(training, validation, new RetrainingContext());

        float[] probabilities = HeadPrediction.Probabilities(result.Head, validation.Bottlenecks);
        int right = Enumerable.Range(0, validation.Count).Count(i =>
            probabilities[(i * 2) + validation.Labels[i]] > 0.5);
        result.History[result.BestEpoch - 1].ValidationAccuracy!.Value.ShouldBe((double)right / validation.Count, 0.15);
        result.History[^1].TrainingLoss.ShouldBeLessThan(result.History[0].TrainingLoss);
    }

    [SkippableFact]
    public void Its_learning_rate_is_the_one_given()
    {
        LabeledBottlenecks training = Insects(12, 0);

        RetrainedHead slow = Retrainer(o => o with { LearningRate = MLNetLearningRate.Constant(1e-7), Epochs = 3 })
            .Retrain(training, null, new RetrainingContext());
        RetrainedHead fast = Retrainer(o => o with { LearningRate = MLNetLearningRate.Constant(1e-3), Epochs = 3 })
            .Retrain(training, null, new RetrainingContext());

        (slow.History[0].TrainingLoss - slow.History[^1].TrainingLoss).ShouldBeLessThan(0.01);
        (fast.History[0].TrainingLoss - fast.History[^1].TrainingLoss).ShouldBeGreaterThan(0.01);
    }

    [SkippableFact]
    public void Canceling_keeps_the_epochs_so_far_and_the_next_fit_runs()
    {
        using var cancel = new CancellationTokenSource();
        var context = new RetrainingContext { CancellationToken = cancel.Token, Progress = new CancelAt(cancel, 2) };

        RetrainedHead canceled = Retrainer().Retrain(Insects(12, 0), null, context);
        RetrainedHead next = Retrainer().Retrain(Insects(12, 0), null, new RetrainingContext());

        canceled.Canceled.ShouldBeTrue();
        canceled.History.Count.ShouldBe(2);
        next.History.Count.ShouldBe(10);
    }

    [SkippableFact]
    public void Fewer_images_than_a_batch_can_be_trained_on()
    {
        RetrainedHead result = Retrainer(o => o with { BatchSize = 64, LearningRate = MLNetLearningRate.Default })
            .Retrain(Insects(3, 0), null, new RetrainingContext());

        result.Head.Weights.ToArray().ShouldAllBe(w => float.IsFinite(w));
    }

    [SkippableFact]
    public void A_strategy_runs_with_it_and_gives_an_ONNX_model()
    {
        ImageDataset photos = Photos(12, 0);

        FineTuningResult result = TransferPipeline.FineTune(photos).WithRetrainer(Retrainer()).WithoutBottleneckCache().Fit();
        result.Model.Save(_folder.At("insects.onnx"));

        result.Metrics.Accuracy.ShouldBeGreaterThan(0.5);
        Directory.GetFileSystemEntries(_folder.At("work")).Select(Path.GetFileName).ShouldBe(["networks"]);
        result.Model.Dispose();
    }

    private static ImageDataset Photos(int each, int skip)
    {
        string root = SharedData.Data(Path.Combine("hymenoptera", "train"));
        return ImageDataset.FromImages(new[] { "ants", "bees" }.SelectMany(label =>
            Directory.EnumerateFiles(Path.Combine(root, label)).Order(StringComparer.Ordinal).Skip(skip).Take(each)
                .Select(path => LabeledImage.FromFile(path, label))));
    }

    private static LabeledBottlenecks Insects(int each, int skip)
    {
        var backbone = Backbone.FromFile(SharedData.TensorFlowNetwork("mobilenet_v2.meta"));
        Extraction extraction = new BottleneckExtractor(backbone).Extract(Photos(each, skip));
        return new LabeledBottlenecks(extraction.Bottlenecks, extraction.Images.LabelIndices.ToArray(), ["ants", "bees"]);
    }

    private MLNetRetrainer Retrainer(Func<MLNetRetrainerOptions, MLNetRetrainerOptions>? change = null)
    {
        var options = new MLNetRetrainerOptions
        {
            Network = MLNetNetwork.MobileNetV2,
            Weights = MLNetWeights.FromFile(SharedData.TensorFlowNetwork("mobilenet_v2.meta")),
            Epochs = 10,
            EarlyStopping = null,
            LearningRate = MLNetLearningRate.Constant(0.001),
            WorkspaceDirectory = _folder.At("work"),
        };
        return new MLNetRetrainer(change?.Invoke(options) ?? options);
    }

    private sealed class CancelAt(CancellationTokenSource source, int epoch) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value)
        {
            if (value.Epoch == epoch)
            {
                source.Cancel();
            }
        }
    }
}
