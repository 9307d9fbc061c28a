using TransferLearning.Heads;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class NetworkTrainingTests
{
    [Theory]
    [InlineData(NetworkOptimizer.Sgd, 0.05)]
    [InlineData(NetworkOptimizer.AdamW, 0.01)]
    public void A_network_learns_to_tell_images_apart_that_it_has_not_seen(NetworkOptimizer optimizer, double rate)
    {
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            Epochs = 12,
            Optimizer = optimizer,
            LearningRate = rate,
            TrainsNormalization = true,
        };

        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task(), options);

        trained.History.Count.ShouldBe(12);
        trained.History[^1].TrainingLoss.ShouldBeLessThan(trained.History[0].TrainingLoss / 1.5);
        trained.History[trained.BestEpoch - 1].HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.9);
        trained.History[^1].TrainingAccuracy!.Value.ShouldBeGreaterThan(0.9);
        trained.Canceled.ShouldBeFalse();
        trained.Divergence.ShouldBeNull();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            TrainsNormalization = true,
            MixUp = 0.2,
            WeightAveraging = 0.9,
            MaxGradientNorm = 1,
        };
        TrainedNetwork one = SmallTraining.Train(SmallTraining.Task(), options);

        TrainedNetwork several =
            SmallTraining.Train(SmallTraining.Task(), options, new RetrainingContext { Seed = 1, Threads = threads });

        several.ShouldBeTheSameAs(one);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        TrainedNetwork one = SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options);

        TrainedNetwork other =
            SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options, new RetrainingContext { Seed = 2, Threads = 1 });

        SmallTraining.Weights(other.Graph).ShouldNotBe(SmallTraining.Weights(one.Graph));
    }

    [Fact]
    public void Every_epoch_sees_each_training_image_once_and_no_held_out_image()
    {
        var images = new DrawnTrainingImages();

        SmallTraining.Train(SmallTraining.Task(images), SmallTraining.Options);

        images.Seen.Keys.ShouldBe([0, 1, 2]);
        images.Seen.Values.ShouldAllBe(e => e.Order().SequenceEqual(Enumerable.Range(0, SmallTraining.Images)));
        images.Seen[0].ShouldNotBe(images.Seen[1]);
    }

    [Fact]
    public void Early_stopping_restores_the_best_epoch()
    {
        // The labels of the held-out images are wrong: the more the network learns, the worse it does on them.
        NetworkTrainingTask task = Mislabeled();
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            Epochs = 20,
            EarlyStopping = new EarlyStopping { Patience = 2 },
            TrainsNormalization = true,
        };

        TrainedNetwork stopped = SmallTraining.Train(task, options);

        double[] losses = [.. stopped.History.Select(e => e.HeldOutLoss!.Value)];
        losses.Length.ShouldBeInRange(3, 19);
        stopped.BestEpoch.ShouldBe(Array.IndexOf(losses, losses.Min()) + 1);
        stopped.BestEpoch.ShouldBeLessThan(losses.Length);
        var evaluation = HeldOutEvaluation.Of(task, stopped.Graph, 1, CancellationToken.None);
        evaluation.Loss.ShouldBe(losses.Min());
        stopped.HeldOutLogits.ShouldBe(evaluation.Logits);
    }

    [Fact]
    public void Without_held_out_images_the_last_epoch_is_kept_and_nothing_stops_early()
    {
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            Epochs = 4,
            EarlyStopping = new EarlyStopping { Patience = 1, MinDelta = 1 },
        };

        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task() with { HeldOut = [] }, options);

        trained.BestEpoch.ShouldBe(4);
        trained.History.Count.ShouldBe(4);
        trained.HeldOutLogits.ShouldBeEmpty();
        trained.History.ShouldAllBe(e => e.HeldOutLoss == null && e.HeldOutAccuracy == null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.9)]
    public void Training_up_to_a_chosen_epoch_gives_the_weights_of_that_epoch_of_the_whole_training(double? averaging)
    {
        NetworkTrainingTask task = Mislabeled();
        NetworkTrainingOptions options = SmallTraining.Options with { Epochs = 6, TrainsNormalization = true, WeightAveraging = averaging };
        TrainedNetwork whole = SmallTraining.Train(task, options);
        whole.BestEpoch.ShouldBeLessThan(6);

        TrainedNetwork part = SmallTraining.Train(task with { HeldOut = [], LastEpoch = whole.BestEpoch }, options);

        part.BestEpoch.ShouldBe(whole.BestEpoch);
        SmallTraining.Weights(part.Graph).ShouldBe(SmallTraining.Weights(whole.Graph));
    }

    [Fact]
    public void Images_that_count_more_move_the_result_to_their_class()
    {
        NetworkTrainingTask task = SmallTraining.Task();
        NetworkTrainingOptions options = SmallTraining.Options with { Epochs = 1, LearningRate = 0.01 };

        TrainedNetwork even = SmallTraining.Train(task, options);
        TrainedNetwork weighted = SmallTraining.Train(task with { Weights = [.. task.Labels.Select(l => l == 1 ? 10f : 1f)] }, options);

        Share(weighted).ShouldBeGreaterThan(Share(even) + 0.05);

        double Share(TrainedNetwork network) => network.HeldOutLogits.Chunk(task.Classes)
            .Average(l => Math.Exp(l[1]) / l.Sum(v => Math.Exp(v)));
    }

    [Fact]
    public void Weights_of_images_that_are_all_one_change_nothing()
    {
        NetworkTrainingTask task = SmallTraining.Task();

        TrainedNetwork weighted =
            SmallTraining.Train(task with { Weights = [.. task.Labels.Select(_ => 1f)] }, SmallTraining.Options);

        weighted.ShouldBeTheSameAs(SmallTraining.Train(task, SmallTraining.Options));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.9)]
    public void Frozen_normalizations_stay_as_they_are_to_the_bit(double? averaging)
    {
        NetworkTrainingTask task = SmallTraining.Task();

        TrainedNetwork trained = SmallTraining.Train(task, SmallTraining.Options with { WeightAveraging = averaging });

        string[] frozen = SmallTraining.ConstantsOf(task.Graph, "BatchNormalization");
        frozen.Length.ShouldBe(8);
        frozen.ShouldAllBe(name => IsSame(name, task.Graph, trained.Graph));
        SmallTraining.ConstantsOf(task.Graph, "Conv").ShouldAllBe(name => !IsSame(name, task.Graph, trained.Graph));
    }

    [Fact]
    public void Trained_normalizations_learn_and_move_their_statistics()
    {
        NetworkTrainingTask task = SmallTraining.Task();

        TrainedNetwork trained = SmallTraining.Train(task, SmallTraining.Options with { TrainsNormalization = true });

        SmallTraining.ConstantsOf(task.Graph, "BatchNormalization").ShouldAllBe(name => !IsSame(name, task.Graph, trained.Graph));
    }

    [Theory]
    [InlineData(NetworkOptimizer.Sgd)]
    [InlineData(NetworkOptimizer.AdamW)]
    public void A_parameter_with_a_rate_factor_of_0_stays_as_it_is_to_the_bit(NetworkOptimizer optimizer)
    {
        NetworkTrainingTask task = SmallTraining.Task();
        string frozen = task.Graph.Nodes[0].Inputs[1];
        NetworkTrainingOptions options = SmallTraining.Options with { Optimizer = optimizer, WeightAveraging = 0.9, WeightDecay = 0.1 };

        TrainedNetwork trained = SmallTraining.Train(task with { RateFactor = name => name == frozen ? 0 : 1 }, options);

        SmallTraining.ConstantsOf(task.Graph, "Conv").Where(name => IsSame(name, task.Graph, trained.Graph)).ShouldBe([frozen]);
    }

    [Fact]
    public void A_lower_rate_factor_changes_a_parameter_less()
    {
        NetworkTrainingTask task = SmallTraining.Task();
        string first = task.Graph.Nodes[0].Inputs[1];

        double whole = Change(1), tenth = Change(0.1);

        tenth.ShouldBeInRange(whole / 30, whole / 3);

        double Change(double factor)
        {
            TrainedNetwork trained =
                SmallTraining.Train(task with { RateFactor = name => name == first ? factor : 1 }, SmallTraining.Options);
            float[] before = task.Graph.Initializers[first].Floats.ToArray();
            return Math.Sqrt(before.Zip(trained.Graph.Initializers[first].Floats.ToArray(), (b, a) => (double)(a - b) * (a - b)).Sum());
        }
    }

    [Fact]
    public void One_training_image_is_enough()
    {
        NetworkTrainingOptions options = SmallTraining.Options with { Epochs = 10, LabelSmoothing = 0 };

        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task() with { Training = [4] }, options);

        trained.History.Count.ShouldBe(10);
        trained.History[^1].TrainingLoss.ShouldBeLessThan(trained.History[0].TrainingLoss / 2);
    }

    [Fact]
    public void A_step_that_could_hold_more_images_than_there_are_holds_all()
    {
        NetworkTrainingTask task = SmallTraining.Task() with { HeldOut = [] };
        var images = new DrawnTrainingImages();

        TrainedNetwork larger = SmallTraining.Train(task with { Images = images }, SmallTraining.Options with { BatchSize = 1000 });

        images.Loads.ShouldBe(3);
        TrainedNetwork exact = SmallTraining.Train(task, SmallTraining.Options with { BatchSize = SmallTraining.Images });
        SmallTraining.Weights(larger.Graph).ShouldBe(SmallTraining.Weights(exact.Graph));
    }

    [Fact]
    public void Mixed_images_have_no_training_accuracy()
    {
        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options with { CutMix = 1 });

        trained.History.ShouldAllBe(e => e.TrainingAccuracy == null && e.HeldOutAccuracy != null);
    }

    [Fact]
    public void A_rate_is_found_where_none_is_given()
    {
        NetworkTrainingOptions options = SmallTraining.Options with { Epochs = 12, LearningRate = null, TrainsNormalization = true };

        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task(), options);

        trained.LearningRate.ShouldBeInRange(0.001, 0.1);
        trained.History[trained.BestEpoch - 1].HeldOutAccuracy!.Value.ShouldBeGreaterThan(0.9);
        trained.ShouldBeTheSameAs(SmallTraining.Train(SmallTraining.Task(), options with { LearningRate = trained.LearningRate }));
    }

    [Fact]
    public void Progress_tells_how_far_the_epoch_and_the_training_are()
    {
        var reports = new List<NetworkTrainingProgress>();
        var epochs = new List<EpochProgress>();
        var context = new RetrainingContext
        {
            Seed = 1,
            Threads = 1,
            TimeProvider = new StridingTime(TimeSpan.FromSeconds(1)),
            Progress = new Reports<EpochProgress>(epochs),
        };

        TrainedNetwork trained =
            SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options, context, new Reports<NetworkTrainingProgress>(reports));

        epochs.ShouldBe(trained.History);
        reports.Count.ShouldBe(3 * SmallTraining.StepsPerEpoch);
        reports.ShouldAllBe(r => r.Epochs == 3 && r.TotalImages == SmallTraining.Images && r.ImagesPerSecond > 0);
        reports.Where(r => r.Epoch == 2).Select(r => r.Images).ShouldBe([9, 18, 28, 37, 47]);
        reports[^1].Remaining.ShouldBe(TimeSpan.Zero);
        reports[0].Remaining.ShouldBeGreaterThan(reports[^2].Remaining);
        reports[^1].Loss.ShouldBe(trained.History[^1].TrainingLoss);
    }

    [Fact]
    public void A_network_that_cannot_be_trained_is_an_error_that_names_the_operator()
    {
        var b = new Runtime.Building.GraphBuilder("odd", 14, seed: 1);
        string x = b.Node("Erf", [b.Flatten(b.GlobalAveragePool(b.Conv(b.Input("image", 1, 3, 8, 8), 4, 3)))]);
        Graph graph = b.Output(b.Dense(x, 3), "logits").Build();

        string message = Should.Throw<TransferLearningException>(
            () => SmallTraining.Train(SmallTraining.Task() with { Graph = graph }, SmallTraining.Options)).Message;

        message.ShouldStartWith("the small network cannot be trained: ");
        message.ShouldContain("Erf");
    }

    private static NetworkTrainingTask Mislabeled()
    {
        NetworkTrainingTask task = SmallTraining.Task();
        int[] labels = [.. task.Labels];
        foreach (int image in task.HeldOut)
        {
            labels[image] = (labels[image] + 1) % task.Classes;
        }

        return task with { Labels = labels };
    }

    private static bool IsSame(string name, Graph before, Graph after) =>
        before.Initializers[name].Floats.SequenceEqual(after.Initializers[name].Floats);

    private sealed class Reports<T>(List<T> reports) : IProgress<T>
    {
        public void Report(T value) => reports.Add(value);
    }
}
