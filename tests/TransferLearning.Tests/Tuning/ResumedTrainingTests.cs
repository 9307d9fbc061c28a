using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class ResumedTrainingTests : IDisposable
{
    private const int Epochs = 3;

    // An epoch loads the images of each step, and then the held-out images once.
    private const int LoadsPerEpoch = SmallTraining.StepsPerEpoch + 1;
    private const int FinderSteps = 100;

    private static readonly Dictionary<string, NetworkTrainingOptions> Settings = new(StringComparer.Ordinal)
    {
        ["plain"] = SmallTraining.Options with { LabelSmoothing = 0 },
        ["momentum that looks ahead"] = SmallTraining.Options with { UsesNesterov = true, WeightDecay = 0.01 },
        ["AdamW"] = SmallTraining.Options with { Optimizer = NetworkOptimizer.AdamW, LearningRate = 0.01 },
        ["averages"] = SmallTraining.Options with { WeightAveraging = 0.9, TrainsNormalization = true },
        ["averages of AdamW"] = SmallTraining.Options with
        {
            Optimizer = NetworkOptimizer.AdamW,
            LearningRate = 0.01,
            WeightAveraging = 0.99,
            WeightDecay = 0.05,
        },
        ["MixUp"] = SmallTraining.Options with { MixUp = 0.4 },
        ["MixUp and CutMix"] = SmallTraining.Options with { MixUp = 0.4, CutMix = 1 },
        ["batch statistics"] = SmallTraining.Options with { TrainsNormalization = true },
        ["clipped gradients"] = SmallTraining.Options with { MaxGradientNorm = 0.5 },
        ["a found rate"] = SmallTraining.Options with { LearningRate = null, TrainsNormalization = true },
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Settings.Keys];

    private string Path => _folder.At("training.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_that_was_canceled_anywhere_continues_to_the_same_bits(string name)
    {
        NetworkTrainingTask task = SmallTraining.Task();
        NetworkTrainingOptions options = Settings[name];
        TrainedNetwork expected = SmallTraining.Train(task, options);
        int first = options.LearningRate is null ? FinderSteps : 0;
        int[] loads =
        [
            0,
            first / 2, // while the rate is sought
            first,
            first + 1,
            first + SmallTraining.StepsPerEpoch - 1,
            first + SmallTraining.StepsPerEpoch, // the evaluation after the first epoch
            first + LoadsPerEpoch, // between epochs
            first + LoadsPerEpoch + 2,
            first + (Epochs * LoadsPerEpoch) - 1, // the last evaluation
        ];
        foreach (int load in loads.Distinct().Where((_, i) => first == 0 || i % 2 == 1))
        {
            TrainedNetwork canceled = SmallTraining.TrainUntilLoad(load, task, options with { Checkpoint = Path });
            canceled.Canceled.ShouldBeTrue($"at load {load}");

            TrainedNetwork resumed = SmallTraining.Train(task, options with { Checkpoint = Path, Resumes = true });

            resumed.ShouldBeTheSameAs(expected);
            resumed.Canceled.ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("batch statistics")]
    [InlineData("averages of AdamW")]
    public void A_training_that_is_canceled_after_every_step_ends_in_the_same_bits(string name)
    {
        NetworkTrainingTask task = SmallTraining.Task();
        NetworkTrainingOptions options = Settings[name];
        TrainedNetwork expected = SmallTraining.Train(task, options);
        NetworkTrainingOptions resuming = options with { Checkpoint = Path, Resumes = true };
        int runs = 1;
        TrainedNetwork last = SmallTraining.TrainUntilLoad(1, task, resuming);
        while (last.Canceled)
        {
            runs++;
            last = SmallTraining.TrainUntilLoad(1, task, resuming);
        }

        last.ShouldBeTheSameAs(expected);
        runs.ShouldBe(Epochs * LoadsPerEpoch);
    }

    [Theory]
    [InlineData("averages")]
    [InlineData("a found rate")]
    public void A_training_that_was_killed_continues_from_the_last_file_to_the_same_bits(string name)
    {
        NetworkTrainingOptions options = Settings[name];
        TrainedNetwork expected = SmallTraining.Train(SmallTraining.Task(), options);
        int first = options.LearningRate is null ? FinderSteps : 0;
        int[] kills = [first / 2, first + 2, first + LoadsPerEpoch, first + (2 * LoadsPerEpoch) + 3];
        foreach (int kill in kills)
        {
            // What a killed process leaves is the file as it is at that moment.
            var images = new DrawnTrainingImages
            {
                BeforeLoad = (load, _) =>
                {
                    if (load == kill)
                    {
                        File.Copy(Path, _folder.At("left"), overwrite: true);
                    }
                },
            };
            var context = new RetrainingContext { Seed = 1, Threads = 1, TimeProvider = new StridingTime(TimeSpan.FromMinutes(1)) };
            SmallTraining.Train(SmallTraining.Task(images), options with { Checkpoint = Path }, context);

            TrainedNetwork resumed =
                SmallTraining.Train(SmallTraining.Task(), options with { Checkpoint = _folder.At("left"), Resumes = true });

            resumed.ShouldBeTheSameAs(expected);
        }
    }

    [Fact]
    public void A_training_that_stopped_early_does_not_continue_past_its_end()
    {
        // The held-out images are labeled wrong, so that an early epoch is the best.
        NetworkTrainingTask task = SmallTraining.Task();
        task = task with { Labels = [.. task.Labels.Select((l, i) => i < SmallTraining.Images ? l : (l + 1) % 3)] };
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            Epochs = 20,
            EarlyStopping = new EarlyStopping { Patience = 2 },
            TrainsNormalization = true,
            Checkpoint = Path,
        };
        TrainedNetwork stopped = SmallTraining.Train(task, options);
        stopped.History.Count.ShouldBeLessThan(20);
        var images = new DrawnTrainingImages();

        TrainedNetwork resumed = SmallTraining.Train(task with { Images = images }, options with { Resumes = true });

        resumed.ShouldBeTheSameAs(stopped);
        images.Seen.ShouldBeEmpty();
    }

    [Fact]
    public void A_training_that_continues_compares_its_loss_with_that_of_the_first_step()
    {
        // The loss of the third epoch is many times that of the second, but no more than that of the first step.
        var images = new DrawnTrainingImages { Scale = epoch => epoch switch { 0 => 30, 1 => 1, _ => 30 } };
        NetworkTrainingTask task = SmallTraining.Task(images) with { HeldOut = [] };
        NetworkTrainingOptions options = SmallTraining.Options with { LearningRate = 1e-5, Checkpoint = Path };
        TrainedNetwork expected = SmallTraining.Train(task, options);
        expected.History.Count.ShouldBe(Epochs);
        expected.History[2].TrainingLoss.ShouldBeGreaterThan(9);
        using var source = new CancellationTokenSource();
        var canceling = new DrawnTrainingImages
        {
            Scale = images.Scale,
            BeforeLoad = (load, _) =>
            {
                if (load == SmallTraining.StepsPerEpoch)
                {
                    source.Cancel();
                }
            },
        };
        SmallTraining.Train(
            task with { Images = canceling }, options, new RetrainingContext { Seed = 1, Threads = 1, CancellationToken = source.Token });

        TrainedNetwork resumed = SmallTraining.Train(task, options with { Resumes = true });

        resumed.Divergence.ShouldBeNull();
        resumed.ShouldBeTheSameAs(expected);
    }

    [Fact]
    public void Without_a_file_a_training_that_is_to_continue_begins()
    {
        TrainedNetwork expected = SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options);

        TrainedNetwork resumed =
            SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options with { Checkpoint = Path, Resumes = true });

        resumed.ShouldBeTheSameAs(expected);
    }

    [Fact]
    public void A_training_that_is_not_to_continue_begins_anew_and_replaces_the_file()
    {
        TrainedNetwork expected = SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options);
        File.WriteAllText(Path, "another file");
        NetworkTrainingOptions options = SmallTraining.Options with { Checkpoint = Path };

        SmallTraining.Train(SmallTraining.Task(), options).ShouldBeTheSameAs(expected);

        SmallTraining.Train(SmallTraining.Task(), options with { Resumes = true }).ShouldBeTheSameAs(expected);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        NetworkTrainingTask task = SmallTraining.Task();
        NetworkTrainingOptions options = SmallTraining.Options with { Checkpoint = Path };
        var context = new RetrainingContext { Seed = 1, Threads = 1 };
        SmallTraining.Train(task, options);

        Refused(task, options with { Epochs = 4 });
        Refused(task, options with { LearningRate = 0.04 });
        Refused(task, options with { Momentum = 0.8 });
        Refused(task, options with { LabelSmoothing = 0 });
        Refused(task, options with { WeightAveraging = 0.9 });
        Refused(task, options with { Optimizer = NetworkOptimizer.AdamW });
        Refused(task, options with { TrainsNormalization = true });
        Refused(task, options with { LearningRateSchedule = LearningRateSchedule.Cosine });
        Refused(task, options with { EarlyStopping = null });
        Refused(task with { Images = new DrawnTrainingImages { Identity = "other images" } }, options);
        Refused(task with { Labels = [.. task.Labels.Reverse()] }, options);
        Refused(task with { Training = task.Training[1..] }, options);
        Refused(task with { HeldOut = [] }, options);
        Refused(task with { LastEpoch = 2 }, options);
        Refused(task with { Weights = [.. task.Labels.Select(l => l + 1f)] }, options);
        Refused(task with { RateFactor = _ => 0.5 }, options);
        context = context with { Seed = 2 };
        Refused(task, options);

        void Refused(NetworkTrainingTask other, NetworkTrainingOptions otherOptions) => Should.Throw<TransferLearningException>(
            () => SmallTraining.Train(other, otherOptions with { Resumes = true }, context)).Message
            .ShouldContain($"the checkpoint '{Path}' is of another training");
    }

    [Fact]
    public void A_checkpoint_that_is_damaged_is_refused()
    {
        File.WriteAllText(Path, "not a checkpoint");

        Should.Throw<TransferLearningException>(
            () => SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options with { Checkpoint = Path, Resumes = true })).Message
            .ShouldContain($"the checkpoint '{Path}' is damaged");
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(null)]
    public void A_checkpoint_that_cannot_be_written_is_an_error_before_the_first_step(double? rate)
    {
        string path = System.IO.Path.Combine(_folder.Write("file"), "checkpoint");
        var images = new DrawnTrainingImages();

        Should.Throw<TransferLearningException>(() => SmallTraining.Train(
            SmallTraining.Task(images), SmallTraining.Options with { Checkpoint = path, LearningRate = rate })).Message
            .ShouldContain($"the checkpoint '{path}' cannot be written: ");

        images.Loads.ShouldBe(0);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(2 * LoadsPerEpoch, false)]
    public void A_checkpoint_that_can_no_longer_be_written_is_noted_and_training_continues(int lost, bool comesBack)
    {
        TrainedNetwork expected = SmallTraining.Train(SmallTraining.Task(), SmallTraining.Options);
        string folder = _folder.At("folder"), path = System.IO.Path.Combine(folder, "checkpoint");
        Directory.CreateDirectory(folder);
        var images = new DrawnTrainingImages
        {
            BeforeLoad = (load, _) =>
            {
                if (load == lost)
                {
                    Directory.Delete(folder, recursive: true);
                    File.WriteAllText(folder, "in its place");
                }
                else if (load == lost + LoadsPerEpoch && comesBack)
                {
                    File.Delete(folder);
                    Directory.CreateDirectory(folder);
                }
            },
        };

        TrainedNetwork trained = SmallTraining.Train(SmallTraining.Task(images), SmallTraining.Options with { Checkpoint = path });

        trained.ShouldBeTheSameAs(expected);
        if (comesBack)
        {
            trained.CheckpointProblem.ShouldBeNull();
            File.Exists(path).ShouldBeTrue();
        }
        else
        {
            trained.CheckpointProblem.ShouldNotBeNull().ShouldContain($"the checkpoint '{path}' cannot be written: ");
        }
    }
}
