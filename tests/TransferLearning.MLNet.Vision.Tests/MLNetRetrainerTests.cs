using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests;

public sealed class MLNetRetrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Retrain_returns_the_head_that_the_trainer_wrote()
    {
        var trainer = new SimulatedTrainer();
        LabeledBottlenecks validation = Bottlenecks.Make(12, seed: 2);

        RetrainedHead result = Retrainer(trainer).Retrain(Bottlenecks.Make(30), validation, new RetrainingContext());

        float[] probabilities = HeadPrediction.Probabilities(result.Head, validation.Bottlenecks);
        double loss = Enumerable.Range(0, 12).Average(i => -Math.Log(probabilities[(i * 3) + validation.Labels[i]]));
        loss.ShouldBe(result.History[result.BestEpoch - 1].ValidationLoss!.Value, 1e-4);
        result.History[^1].ValidationAccuracy.ShouldBe(1);
        trainer.ValidationRows.ShouldBe([6, 12], "the first run holds out a fifth of the training rows");
    }

    [Fact]
    public void Rows_are_shuffled_because_the_trainer_keeps_to_the_order_of_the_file()
    {
        var trainer = new SimulatedTrainer();

        Retrainer(trainer).Retrain(Bottlenecks.Make(30), null, new RetrainingContext());

        trainer.TrainingLabels[^1].Order().ShouldBe(Bottlenecks.Make(30).Labels.ToArray().Select(l => (long)l));
        trainer.TrainingLabels[^1].SequenceEqual(trainer.TrainingLabels[^1].Order()).ShouldBeFalse();
    }

    [Fact]
    public void Fewer_rows_than_a_batch_make_the_batch_smaller()
    {
        var trainer = new SimulatedTrainer();

        Retrainer(trainer, o => o with { BatchSize = 64 }).Retrain(Bottlenecks.Make(6), null, new RetrainingContext());

        trainer.Fits.Select(f => f.BatchSize).ShouldBe([4, 6]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_validation_images_the_validation_file_has_the_training_images(bool empty)
    {
        var trainer = new SimulatedTrainer();
        LabeledBottlenecks? none = empty ? Bottlenecks.Make(3).Select([]) : null;

        RetrainedHead result = Retrainer(trainer).Retrain(Bottlenecks.Make(30), none, new RetrainingContext());

        trainer.ValidationRows[^1].ShouldBe(30);
        result.History.ShouldAllBe(e => e.ValidationLoss == null && e.ValidationAccuracy == null && e.TrainingLoss < 1.2);
    }

    [Fact]
    public void The_number_of_epochs_is_chosen_on_held_out_training_rows()
    {
        var trainer = new SimulatedTrainer { Loss = (_, epoch) => 1 + (Math.Abs(epoch - 4) / 10.0) };

        RetrainedHead result = Retrainer(trainer, o => o with { Epochs = 20, EarlyStopping = new EarlyStopping { Patience = 3 } })
            .Retrain(Bottlenecks.Make(15), Bottlenecks.Make(6, 2), new RetrainingContext());

        trainer.Fits.Select(f => f.Epochs).ShouldBe([20, 5]);
        trainer.TrainingRows.Select(r => r.Length).ShouldBe([12, 15]);
        trainer.ValidationRows.ShouldBe([3, 6]);
        result.BestEpoch.ShouldBe(5);
        result.History.Count.ShouldBe(5);
    }

    [Fact]
    public void Validation_rows_choose_nothing()
    {
        LabeledBottlenecks training = Bottlenecks.Make(15), validation = Bottlenecks.Make(6, 2);
        int[] wrong = [.. validation.Labels.ToArray().Select(l => (l + 1) % 3)];
        var shuffled = new LabeledBottlenecks(validation.Bottlenecks, wrong, validation.ClassNames);

        RetrainedHead[] heads = [.. new[] { validation, shuffled, null }.Select(rows =>
            Retrainer(new SimulatedTrainer()).Retrain(training, rows, new RetrainingContext { PredictsHeldOut = true }))];

        foreach (RetrainedHead head in heads)
        {
            head.Head.Weights.ToArray().ShouldBe(heads[0].Head.Weights.ToArray());
            head.BestEpoch.ShouldBe(heads[0].BestEpoch);
            head.HeldOut!.Logits.ShouldBe(heads[0].HeldOut!.Logits);
        }
    }

    [Fact]
    public void The_predictions_for_held_out_rows_are_those_of_the_best_epoch()
    {
        var trainer = new SimulatedTrainer { Loss = (_, epoch) => 1 + (Math.Abs(epoch - 4) / 10.0) };

        RetrainedHead result = Retrainer(trainer, o => o with { Epochs = 20, EarlyStopping = new EarlyStopping { Patience = 3 } })
            .Retrain(Bottlenecks.Make(15), null, new RetrainingContext { PredictsHeldOut = true });

        trainer.Fits.Select(f => f.Epochs).ShouldBe([20, 5, 5], "once more without the held-out rows, up to the best epoch");
        result.HeldOut!.Rows.Length.ShouldBe(3);
        result.HeldOut.Logits.Length.ShouldBe(9);
    }

    [Fact]
    public void Rows_of_a_group_are_held_out_together()
    {
        var trainer = new SimulatedTrainer();
        int[] groups = [.. Enumerable.Range(0, 30).Select(i => i / 2)];

        RetrainedHead result = Retrainer(trainer).Retrain(
            Bottlenecks.Make(30), null, new RetrainingContext { PredictsHeldOut = true, Groups = groups });

        int[] heldOut = result.HeldOut!.Rows;
        heldOut.ShouldAllBe(r => heldOut.Contains(r ^ 1));
        trainer.TrainingRows[0].Length.ShouldBe(30 - heldOut.Length);
    }

    [Fact]
    public void Without_early_stopping_all_epochs_are_run_once()
    {
        var trainer = new SimulatedTrainer { Loss = (_, epoch) => 1 + epoch };

        RetrainedHead result = Retrainer(trainer, o => o with { Epochs = 8, EarlyStopping = null })
            .Retrain(Bottlenecks.Make(9), Bottlenecks.Make(6, 2), new RetrainingContext());

        trainer.Fits.Select(f => f.Epochs).ShouldBe([8]);
        result.BestEpoch.ShouldBe(8);
    }

    [Fact]
    public void A_fit_remembers_nothing_of_the_one_before()
    {
        MLNetRetrainer retrainer = Retrainer(
            new SimulatedTrainer { Loss = (_, epoch) => epoch < 3 ? 1 - (epoch / 10.0) : 0.8 },
            o => o with { Epochs = 50, EarlyStopping = new EarlyStopping { Patience = 4 } });

        RetrainedHead first = retrainer.Retrain(Bottlenecks.Make(9), Bottlenecks.Make(6, 2), new RetrainingContext());
        RetrainedHead second = retrainer.Retrain(Bottlenecks.Make(9), Bottlenecks.Make(6, 2), new RetrainingContext());

        second.History.ShouldBe(first.History);
        second.Head.Weights.ToArray().ShouldBe(first.Head.Weights.ToArray());
    }

    [Fact]
    public void Canceling_the_first_run_keeps_its_head()
    {
        using var cancel = new CancellationTokenSource();
        var trainer = new SimulatedTrainer { OnFit = _ => cancel.Cancel() };

        RetrainedHead result = Retrainer(trainer)
            .Retrain(Bottlenecks.Make(30), null, new RetrainingContext { CancellationToken = cancel.Token, PredictsHeldOut = true });

        result.Canceled.ShouldBeTrue();
        trainer.Fits.Count.ShouldBe(1);
        result.HeldOut.ShouldBeNull();
        result.Head.Weights.ToArray().ShouldContain(w => w != 0);
    }

    [Fact]
    public void Canceling_keeps_the_epochs_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var reported = new List<EpochProgress>();
        var context = new RetrainingContext
        {
            CancellationToken = cancel.Token,
            Progress = new Relay(p =>
            {
                reported.Add(p);
                if (p.Epoch == 3)
                {
                    cancel.Cancel();
                }
            }),
        };

        RetrainedHead result = Retrainer(new SimulatedTrainer()).Retrain(Bottlenecks.Make(30), Bottlenecks.Make(12, 2), context);

        result.Canceled.ShouldBeTrue();
        result.History.ShouldBe(reported);
        result.History.Count.ShouldBe(3);
        result.Head.Weights.ToArray().ShouldContain(w => w != 0);
    }

    [Fact]
    public void A_training_that_is_canceled_before_it_starts_does_not_run_the_trainer()
    {
        var trainer = new SimulatedTrainer();

        RetrainedHead result = Retrainer(trainer).Retrain(
            Bottlenecks.Make(9), null, new RetrainingContext { CancellationToken = new CancellationToken(canceled: true) });

        result.Canceled.ShouldBeTrue();
        result.History.ShouldBeEmpty();
        trainer.Fits.ShouldBeEmpty();
    }

    [Fact]
    public void A_loss_of_NaN_is_an_error_that_says_what_to_do()
    {
        var trainer = new SimulatedTrainer { Loss = (_, epoch) => epoch == 1 ? double.NaN : 1 };

        Should.Throw<TransferLearningException>(
                () => Retrainer(trainer).Retrain(Bottlenecks.Make(9), null, new RetrainingContext()))
            .Message.ShouldBe("the loss is NaN or infinite after epoch 2: use a lower learning rate than 0.05");
    }

    [Fact]
    public void Rows_of_higher_weight_are_repeated_more_often()
    {
        var trainer = new SimulatedTrainer();
        float[] weights = [.. Enumerable.Range(0, 30).Select(i => i % 10 == 0 ? 0 : i % 2 == 0 ? 1f : 0.5f)];

        Retrainer(trainer).Retrain(Bottlenecks.Make(30, weights: weights), null, new RetrainingContext());

        // Per class: 4 rows of weight 1, 5 of weight 0.5, one of weight 0.
        trainer.TrainingLabels[^1].CountBy(l => l).Select(c => c.Value).ShouldBe([13, 13, 13]);
    }

    [Fact]
    public void Each_fit_has_its_own_workspace_that_is_deleted_afterwards()
    {
        var trainer = new SimulatedTrainer();
        MLNetRetrainer retrainer = Retrainer(trainer);

        Parallel.For(0, 4, i => retrainer.Retrain(Bottlenecks.Make(9, seed: i), null, new RetrainingContext()));

        trainer.Fits.Select(f => f.Workspace).Distinct().Count().ShouldBe(trainer.Fits.Count);
        Directory.GetFileSystemEntries(_folder.At("work")).Select(Path.GetFileName).ShouldBe(["networks"]);
    }

    [Fact]
    public void A_trainer_that_fails_leaves_no_workspace()
    {
        var trainer = new SimulatedTrainer { OnFit = _ => throw new TransferLearningException("no TensorFlow") };

        Should.Throw<TransferLearningException>(() => Retrainer(trainer).Retrain(Bottlenecks.Make(9), null, new RetrainingContext()));

        Directory.GetFileSystemEntries(_folder.At("work")).Select(Path.GetFileName).ShouldBe(["networks"]);
    }

    [Fact]
    public void The_network_is_where_the_trainer_looks_for_it()
    {
        var trainer = new SimulatedTrainer
        {
            OnFit = s => File.ReadAllBytes(Path.Combine(s.WeightsRoot, "MLNET", "mobilenet_v2.meta"))
                .ShouldBe(GraphFile.Network(MLNetNetwork.MobileNetV2)),
        };

        Retrainer(trainer).Retrain(Bottlenecks.Make(9), null, new RetrainingContext());

        trainer.Fits.Count.ShouldBe(2);
    }

    [Fact]
    public void Bottlenecks_of_another_network_are_refused()
    {
        Should.Throw<TransferLearningException>(
                () => Retrainer(new SimulatedTrainer()).Retrain(Bottlenecks.Make(9, features: 384), null, new RetrainingContext()))
            .Message.ShouldContain("384 features, but those of MobileNetV2 have 1001");
    }

    [Fact]
    public void All_problems_are_reported_at_once_with_the_other_trainer_named()
    {
        var options = new MLNetRetrainerOptions
        {
            Network = MLNetNetwork.InceptionV3,
            Weights = MLNetWeights.FromFile(_folder.At("absent.meta")),
            Epochs = 0,
            BatchSize = 0,
            LearningRate = MLNetLearningRate.Exponential(-1, 0.5, 2),
            WorkspaceDirectory = _folder.At(new string('x', 200)),
        };
        var retrainer = new MLNetRetrainer(options, new SimulatedTrainer { Problem = "no AVX" });

        string[] problems = [.. retrainer.Validate(new RetrainingDemands { Seed = true, InitialHead = true, RowWeights = true })];

        problems.Length.ShouldBe(10);
        problems.Count(p => p.Contains("the softmax trainer can (SoftmaxRetrainer", StringComparison.Ordinal)).ShouldBe(2);
        problems.ShouldContain(p => p.Contains("WithSeed"));
        problems.ShouldContain(p => p.Contains("tuneOn"));
        problems.ShouldContain(p => p.Contains("TensorFlow writes at most 255"));
        problems.ShouldContain(p => p.Contains("absent.meta' does not exist"));
    }

    [Fact]
    public void A_network_that_was_never_downloaded_is_named_with_what_to_do()
    {
        var weights = MLNetWeights.Stored(MLNetNetwork.MobileNetV2, _folder.At("store"));
        var retrainer = new MLNetRetrainer(
            new MLNetRetrainerOptions { Network = MLNetNetwork.MobileNetV2, Weights = weights }, new SimulatedTrainer());

        string problem = retrainer.Validate(RetrainingDemands.None).ShouldHaveSingleItem();

        problem.ShouldContain("MLNetWeights.DownloadAsync");
        problem.ShouldContain("MLNetWeights.FromFile");
    }

    private MLNetRetrainer Retrainer(
        SimulatedTrainer trainer, Func<MLNetRetrainerOptions, MLNetRetrainerOptions>? change = null, string? network = null)
    {
        string file = network ?? _folder.Write("mobilenet_v2.meta", GraphFile.Network(MLNetNetwork.MobileNetV2));
        var options = new MLNetRetrainerOptions
        {
            Network = MLNetNetwork.MobileNetV2,
            Weights = MLNetWeights.FromFile(file),
            Epochs = 12,
            LearningRate = MLNetLearningRate.Constant(0.05),
            WorkspaceDirectory = _folder.At("work"),
        };
        return new MLNetRetrainer(change?.Invoke(options) ?? options, trainer);
    }

    private sealed class Relay(Action<EpochProgress> report) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value) => report(value);
    }
}
