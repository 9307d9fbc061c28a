using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Strategies;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Strategies.PreTraining;

/// <summary>Networks trained from random weights, on discs of three colors.</summary>
public class NetworkPreTrainingTests
{
    private static readonly ImageDataset Discs = DrawnImages.Set(40, "red", "blue", "green");

    private static readonly NetworkTrainingOptions Fast = NetworkTrainingOptions.FromScratch with
    {
        Epochs = 8,
        BatchSize = 8,
        HeldOutFraction = 0.2,
        WeightAveraging = 0.9,
    };

    [Fact]
    public void A_network_learns_from_random_weights_and_is_a_backbone_for_other_strategies()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("backbone.onnx");
        PreTrainingResult result = Train(Fast);
        using (result.Model)
        {
            result.Metrics!.Accuracy.ShouldBeGreaterThan(0.8);
            result.Training!.History.Count.ShouldBe(8);
            result.Training.History[^1].TrainingLoss.ShouldBeLessThan(result.Training.History[0].TrainingLoss);
            result.Training.History.ShouldAllBe(e => e.HeldOutAccuracy != null && e.ValidationAccuracy == null);
            (result.TrainImages, result.ValidationImages, result.Canceled).ShouldBe((96, 24, false));
            result.Backbone!.Save(path);
        }

        var read = Backbone.FromFile(path);
        read.Fingerprint.ShouldBe(result.Backbone!.Fingerprint);
        read.Preprocessing.ShouldBe(result.Backbone.Preprocessing);
        (read.FeatureSize, read.PreprocessingSource).ShouldBe((384, PreprocessingSource.Metadata));
        read.Graph.Nodes.Count(n => n.OperatorName == "BatchNormalization").ShouldBe(11);
        FineTuningResult tuned = TransferPipeline.FineTune(Discs).WithBackbone(read).WithoutBottleneckCache().Fit();
        using (tuned.Model)
        {
            tuned.Metrics.Accuracy.ShouldBeGreaterThan(0.8);
        }
    }

    [Fact]
    public void The_model_predicts_what_the_network_has_learned()
    {
        using var folder = new TemporaryFolder();
        PreTrainingResult result = Train(Fast);
        using (result.Model)
        {
            result.Model.Save(folder.At("model.onnx"));
        }

        using var model = TransferLearning.Models.TransferModel.Load(folder.At("model.onnx"));
        model.Evaluate(result.HeadTraining!.Validation.Images).Metrics.Accuracy.ShouldBe(result.Metrics!.Accuracy);
        model.Origin.Facts["architecture"].ShouldBe("compact");
        Backbone.FromFile(folder.At("model.onnx")).Fingerprint.ShouldBe(result.Backbone!.Fingerprint);
    }

    [Fact]
    public void The_weights_are_the_same_for_any_number_of_threads_and_others_for_another_seed()
    {
        NetworkTrainingOptions twoEpochs = Fast with { Epochs = 2 };

        string one = FingerprintOf(twoEpochs, threads: 1), two = FingerprintOf(twoEpochs, threads: 2);

        two.ShouldBe(one);
        FingerprintOf(twoEpochs, seed: 8).ShouldNotBe(one);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 0.5)]
    public void A_training_that_was_stopped_and_resumed_ends_in_the_same_bits(bool withTeacher, double logitWeight)
    {
        using var folder = new TemporaryFolder();
        NetworkTrainingOptions training = Fast with { Epochs = 4, Checkpoint = folder.At("checkpoint") };
        Backbone? teacher = withTeacher ? TinyBackbone.Value : null;
        string expected = FingerprintOf(training with { Checkpoint = null }, teacher: teacher, logitWeight: logitWeight);

        using PreTrainingRun stopped = Stop(training, teacher, afterEpochs: 2, logitWeight);
        PreTrainingResult resumed = Pipeline(training with { Resumes = true }, teacher, logitWeight).Fit();
        resumed.Model.Dispose();

        stopped.Result!.Canceled.ShouldBeTrue();
        stopped.Result.Training!.History.Count.ShouldBe(2);
        resumed.Backbone!.Fingerprint.ShouldBe(expected);
        resumed.Training!.History.Count.ShouldBe(4);
    }

    [Fact]
    public void The_predictions_of_a_teacher_change_what_is_learned_beside_its_features()
    {
        NetworkTrainingOptions training = Fast with { Epochs = 2 };

        string features = FingerprintOf(training, teacher: TinyBackbone.Value);
        string both = FingerprintOf(training, teacher: TinyBackbone.Value, logitWeight: 0.5);

        both.ShouldNotBe(features);
        both.ShouldBe(FingerprintOf(training, threads: 1, teacher: TinyBackbone.Value, logitWeight: 0.5));
    }

    [Fact]
    public void A_training_that_is_canceled_before_its_first_epoch_ends_keeps_only_the_checkpoint()
    {
        using var folder = new TemporaryFolder();
        NetworkTrainingOptions training = Fast with { Checkpoint = folder.At("checkpoint") };

        using PreTrainingRun stopped = Stop(training, teacher: null, afterEpochs: 0);

        stopped.Result.ShouldBeNull();
        File.Exists(folder.At("checkpoint")).ShouldBeTrue();
    }

    [Fact]
    public void A_checkpoint_is_not_for_other_images()
    {
        using var folder = new TemporaryFolder();
        NetworkTrainingOptions training = Fast with { Epochs = 2, Checkpoint = folder.At("checkpoint") };
        Stop(training, teacher: null, afterEpochs: 1).Dispose();
        ImageDataset others = DrawnImages.Set(30, "red", "blue", "green");

        Should.Throw<TransferLearningException>(() => TransferPipeline
            .PreTrain(others, Options(training with { Resumes = true }, null)).WithoutBottleneckCache().Fit()).Message
            .ShouldContain("is of another training");
    }

    [Fact]
    public void A_teacher_turns_the_features_towards_its_own()
    {
        using var folder = new TemporaryFolder();
        PreTrainingResult result = Pipeline(Fast, TinyBackbone.Value).WithBottleneckCache(folder.Path).Fit();
        result.Model.Dispose();
        PreTrainingResult again = Pipeline(Fast, TinyBackbone.Value).WithBottleneckCache(folder.Path).Fit();
        again.Model.Dispose();

        result.Training!.History[^1].TrainingLoss.ShouldBeLessThan(result.Training.History[0].TrainingLoss - 0.5);
        result.Metrics!.Accuracy.ShouldBeGreaterThan(0.8);

        // Four views of each training image went through the cache.
        (result.Extraction.CacheMisses, result.Extraction.CacheHits).ShouldBe((4 * 96, 0));
        (again.Extraction.CacheMisses, again.Extraction.CacheHits).ShouldBe((0, 4 * 96));
        again.Backbone!.Fingerprint.ShouldBe(result.Backbone!.Fingerprint);
    }

    [Fact]
    public void Images_that_cannot_be_used_are_left_out_and_named()
    {
        var images = ImageDataset.FromImages(
            [.. Discs.Images, LabeledImage.FromBytes(new byte[] { 1, 2, 3 }, "red", "broken.jpg")]);

        PreTrainingResult result = TransferPipeline.PreTrain(images, Options(Fast with { Epochs = 1 }, null))
            .WithoutBottleneckCache().Fit();
        result.Model.Dispose();

        result.Extraction.Skipped.Single().Path.ShouldBe("broken.jpg");
    }

    [Fact]
    public void The_progress_tells_of_reading_epochs_and_images()
    {
        var reports = new List<TransferProgress>();
        PreTrainingResult result = Pipeline(Fast with { Epochs = 2 }, null).Fit(new SynchronousProgress<TransferProgress>(p =>
        {
            lock (reports)
            {
                reports.Add(p);
            }
        }));
        result.Model.Dispose();

        reports[0].Stage.ShouldBe(TransferStage.Reading);
        TransferProgress[] epochs = [.. reports.Where(r => r is { Stage: TransferStage.TrainingNetwork, Network: null })];
        epochs.Select(e => (e.Done, e.Total, e.Epoch!.Epoch)).ShouldBe([(1, 2, 1), (2, 2, 2)]);
        NetworkTrainingProgress network = reports.First(r => r.Network is not null).Network!;
        (network.Epoch, network.Epochs, network.TotalImages).ShouldBe((1, 2, 78));
        network.Images.ShouldBeInRange(1, 78);
    }

    [Fact]
    public void Settings_that_contradict_a_training_from_scratch_are_reported_together()
    {
        var options = new PreTrainingOptions
        {
            Architecture = NetworkArchitecture.Compact,
            InputSize = 8,
            Teacher = TinyBackbone.Value,
            TeacherWeight = 0,
            TeacherLogitWeight = 1.5,
            Training = Fast with { BatchSize = 0, MixUp = 0.2 },
        };

        IReadOnlyList<string> problems = Should.Throw<InvalidOptionsException>(() => TransferPipeline.PreTrain(Discs, options)
            .WithBackbone(TinyBackbone.Value)
            .WithRetrainer(new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 3 }))
            .Fit()).Problems;

        problems.Count.ShouldBe(7);
        problems.ShouldContain(p => p.Contains("TeacherLogitWeight is 1.5: it must be in 0..1"));
        problems.ShouldContain(p => p.Contains("InputSize is 8: it must be in 32..1024"));
        problems.ShouldContain(p => p.Contains("TeacherWeight is 0"));
        problems.ShouldContain(p => p.Contains("BatchSize is 0"));
        problems.ShouldContain(p => p.Contains("MixUp and CutMix"));
        problems.ShouldContain(p => p.Contains("the backbone 'tiny' has no use") && p.Contains("PreTrainingOptions.Teacher"));
        problems.ShouldContain(p => p.Contains("leave WithRetrainer out"));
    }

    [Fact]
    public void Settings_of_a_network_have_no_use_without_an_architecture()
    {
        var options = new PreTrainingOptions
        {
            InputSize = 64,
            Teacher = TinyBackbone.Value,
            TeacherWeight = 3,
            Training = NetworkTrainingOptions.FromScratch,
        };

        IReadOnlyList<string> problems =
            Should.Throw<InvalidOptionsException>(() => TransferPipeline.PreTrain(Discs, options).Fit()).Problems;

        problems.Select(p => p.Split(' ')[0]).ShouldBe(
        [
            "PreTrainingOptions.InputSize",
            "PreTrainingOptions.Teacher",
            "PreTrainingOptions.TeacherWeight",
            "PreTrainingOptions.Training",
        ]);
        problems.ShouldAllBe(p => p.Contains("has no use without Architecture"));
    }

    private static PreTrainingResult Train(NetworkTrainingOptions training) => Pipeline(training, null).Fit();

    private static string FingerprintOf(
        NetworkTrainingOptions training, int threads = 2, int seed = 0, Backbone? teacher = null, double logitWeight = 0)
    {
        PreTrainingResult result = Pipeline(training, teacher, logitWeight).WithThreads(threads).WithSeed(seed).Fit();
        result.Model.Dispose();
        return result.Backbone!.Fingerprint;
    }

    private static TransferPipeline<PreTrainingResult> Pipeline(
        NetworkTrainingOptions training, Backbone? teacher, double logitWeight = 0) =>
        TransferPipeline.PreTrain(Discs, Options(training, teacher) with { TeacherLogitWeight = logitWeight })
            .WithAugmentation(ImageAugmentation.Flip).WithoutBottleneckCache().WithThreads(2);

    private static PreTrainingOptions Options(NetworkTrainingOptions training, Backbone? teacher) => new()
    {
        Architecture = NetworkArchitecture.Compact,
        InputSize = 32,
        Training = training,
        Teacher = teacher,
    };

    private static PreTrainingRun Stop(NetworkTrainingOptions training, Backbone? teacher, int afterEpochs, double logitWeight = 0)
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new SynchronousProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.TrainingNetwork && p.Done == afterEpochs)
            {
                cancellation.Cancel();
            }
        });
        try
        {
            return new PreTrainingRun(Pipeline(training, teacher, logitWeight).Fit(progress, cancellation.Token));
        }
        catch (OperationCanceledException)
        {
            return new PreTrainingRun(null);
        }
    }

    private sealed record PreTrainingRun(PreTrainingResult? Result) : IDisposable
    {
        public void Dispose() => Result?.Model.Dispose();
    }

    private sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
