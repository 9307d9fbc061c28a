using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Strategies;
using TransferLearning.Tests.Tuning.Stages;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Strategies.StageTuning;

/// <summary>Fine-tuning with unfrozen stages, stopped and continued.</summary>
public sealed class ResumedFineTuningTests : IDisposable
{
    private static readonly Lazy<FineTuningResult> Expected = new(() => Pipeline(UnfrozenStages.Training).Fit());

    private readonly TemporaryFolder _folder = new();

    private NetworkTrainingOptions Training => UnfrozenStages.Training with { Checkpoint = _folder.At("checkpoint") };

    private NetworkTrainingOptions Resuming => Training with { Resumes = true };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Canceled_before_the_stages_are_trained_it_gives_the_head_alone_and_says_so()
    {
        FineTuningResult canceled = FitUntil(p => p.Plan is not null, Pipeline(Training).WithBottleneckCache(_folder.At("cache")));

        canceled.Canceled.ShouldBeTrue();
        canceled.Tuning.ShouldBeNull();
        canceled.Warnings.ShouldContain("canceled before the stages of the network were trained: the model has the head alone");
        canceled.Metrics.Accuracy.ShouldBe(Expected.Value.Tuning!.HeadMetrics.Accuracy);
        File.Exists(_folder.At("checkpoint")).ShouldBeFalse();

        Pipeline(Resuming).WithBottleneckCache(_folder.At("cache")).Fit().Canceled.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, false)] // in the first training, after its first epoch
    [InlineData(3, false)]
    [InlineData(5, false)] // between the trainings
    [InlineData(1, true)] // in the training on all images
    [InlineData(2, true)]
    public void Canceled_after_an_epoch_it_gives_the_best_until_then_and_continues_to_the_same_model(int epoch, bool onAll)
    {
        int seen = 0;
        FineTuningResult canceled = FitUntil(
            p => p is { Stage: TransferStage.TrainingNetwork, Epoch: { } e } && e.HeldOutLoss is null == onAll && ++seen == epoch,
            Pipeline(Training));

        seen.ShouldBe(epoch);
        canceled.Canceled.ShouldBeTrue();
        StageTuningResult tuning = canceled.Tuning.ShouldNotBeNull();
        tuning.IsOfAllImages.ShouldBeFalse();
        tuning.History.ShouldBe(Expected.Value.Tuning!.History.Take(onAll ? 5 : epoch));
        tuning.BestEpoch.ShouldBeGreaterThan(0);
        if (tuning.IsKept)
        {
            canceled.Metrics.LogLoss.ShouldNotBe(tuning.HeadMetrics.LogLoss);
        }

        FineTuningResult resumed = Pipeline(Resuming).Fit();

        resumed.ShouldBeTheSameAs(Expected.Value);
    }

    [Fact]
    public void Canceled_while_the_head_without_the_held_out_images_is_trained_it_leaves_no_checkpoint_of_it()
    {
        // After the maps: the next thing that looks at the token is the training of that head.
        FineTuningResult canceled = FitUntil(p => p.Plan is not null, Pipeline(Training));

        canceled.Canceled.ShouldBeTrue();
        File.Exists(_folder.At("checkpoint")).ShouldBeFalse();
        Pipeline(Resuming).Fit().ShouldBeTheSameAs(Expected.Value);
    }

    [Fact]
    public void Stopped_after_each_epoch_and_continued_it_ends_in_the_same_model()
    {
        FineTuningResult result;
        int runs = 0;
        do
        {
            runs++;
            result = FitUntil(p => p is { Stage: TransferStage.TrainingNetwork, Epoch: not null }, Pipeline(Resuming));
        }
        while (result.Canceled && runs < 20);

        runs.ShouldBe(5 + Expected.Value.Tuning!.BestEpoch + 1);
        result.ShouldBeTheSameAs(Expected.Value);
    }

    [Fact]
    public void A_finished_training_continues_to_the_same_model_at_once_until_its_checkpoint_is_removed()
    {
        Pipeline(Training).Fit().ShouldBeTheSameAs(Expected.Value);
        var epochs = new List<EpochProgress>();

        Pipeline(Resuming).Fit(new RelayedProgress<TransferProgress>(
            p => epochs.AddRange(p.Stage == TransferStage.TrainingNetwork && p.Epoch is { } e ? [e] : Array.Empty<EpochProgress>())))
            .ShouldBeTheSameAs(Expected.Value);

        epochs.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
        Training.RemoveCheckpoint();
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_checkpoint_that_is_not_continued_is_an_error_before_any_image_is_read()
    {
        _folder.Write("checkpoint");

        Should.Throw<InvalidOptionsException>(() => Pipeline(Training).Fit(Never())).Message.ShouldBe(
            $"there is the checkpoint '{_folder.At("checkpoint")}' of a training that was not finished: continue it (Resumes), or remove "
            + "that file to begin a new one");
    }

    [Fact]
    public void What_is_left_of_the_second_training_of_another_run_is_not_continued()
    {
        FitUntil(p => p is { Stage: TransferStage.TrainingNetwork, Epoch.HeldOutLoss: null }, Pipeline(Training with { Epochs = 4 }));
        File.Exists(_folder.At("checkpoint.all")).ShouldBeTrue();
        File.Delete(_folder.At("checkpoint"));

        Pipeline(Resuming).Fit().ShouldBeTheSameAs(Expected.Value);
    }

    [Fact]
    public void A_checkpoint_of_other_images_options_or_networks_is_refused()
    {
        FitUntil(p => p is { Stage: TransferStage.TrainingNetwork, Epoch: not null }, Pipeline(Training));

        Refused(Pipeline(Resuming with { LearningRate = 0.01 }));
        Refused(Pipeline(Resuming).WithSeed(5));
        Refused(Pipeline(Resuming).WithBackbone(TinyBackbone.Value));
        Refused(UnfrozenStages.FineTune(Resuming, stages: 1));
        Refused(UnfrozenStages.FineTune(DrawnImages.Set(29, UnfrozenStages.Classes), Resuming));
        Refused(Pipeline(Resuming).WithAugmentation(ImageAugmentation.Flip, 1));
        Refused(Pipeline(Resuming).WithRetrainer(new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 3 })));
        Refused(Pipeline(Resuming).WithBottleneckCache(_folder.At("cache")));

        static void Refused(TransferPipeline<FineTuningResult> other) =>
            Should.Throw<TransferLearningException>(() => other.Fit()).Message.ShouldContain("is of another training");
    }

    private static TransferPipeline<FineTuningResult> Pipeline(NetworkTrainingOptions training) =>
        UnfrozenStages.FineTune(training).WithThreads(2);

    private static RelayedProgress<TransferProgress> Never() => new(_ => throw new InvalidOperationException("an image was read"));

    private static FineTuningResult FitUntil(Func<TransferProgress, bool> isReached, TransferPipeline<FineTuningResult> pipeline)
    {
        using var source = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (isReached(p))
            {
                source.Cancel();
            }
        });
        return pipeline.Fit(progress, source.Token);
    }
}
