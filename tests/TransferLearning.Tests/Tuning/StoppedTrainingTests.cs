using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

/// <summary>Trainings that are canceled, or diverge, before their last epoch.</summary>
public sealed class StoppedTrainingTests
{
    [Fact]
    public void A_training_that_is_canceled_before_its_first_epoch_gives_the_network_as_it_was()
    {
        NetworkTrainingTask task = SmallTraining.Task();

        foreach (double? rate in new double?[] { 0.05, null })
        {
            TrainedNetwork canceled = SmallTraining.TrainUntilLoad(0, task, SmallTraining.Options with { LearningRate = rate });

            canceled.Canceled.ShouldBeTrue();
            canceled.BestEpoch.ShouldBe(0);
            canceled.History.ShouldBeEmpty();
            canceled.HeldOutLogits.ShouldBeEmpty();
            canceled.LearningRate.ShouldBe(rate ?? double.NaN);
            SmallTraining.Weights(canceled.Graph).ShouldBe(SmallTraining.Weights(task.Graph));
        }
    }

    [Fact]
    public void A_training_that_is_canceled_while_its_rate_is_sought_gives_the_network_as_it_was()
    {
        NetworkTrainingTask task = SmallTraining.Task();

        TrainedNetwork canceled = SmallTraining.TrainUntilLoad(
            60, task, SmallTraining.Options with { LearningRate = null, TrainsNormalization = true });

        canceled.Canceled.ShouldBeTrue();
        SmallTraining.Weights(canceled.Graph).ShouldBe(SmallTraining.Weights(task.Graph));
    }

    [Fact]
    public void A_training_that_is_canceled_later_gives_its_best_epoch()
    {
        NetworkTrainingTask task = SmallTraining.Task();
        TrainedNetwork one = SmallTraining.Train(task with { LastEpoch = 1 }, SmallTraining.Options);

        TrainedNetwork canceled = SmallTraining.TrainUntilLoad(SmallTraining.StepsPerEpoch + 3, task, SmallTraining.Options);

        canceled.Canceled.ShouldBeTrue();
        canceled.BestEpoch.ShouldBe(1);
        SmallTraining.Weights(canceled.Graph).ShouldBe(SmallTraining.Weights(one.Graph));
        canceled.HeldOutLogits.ShouldBe(one.HeldOutLogits);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e30)]
    [InlineData(1e300)]
    public void A_rate_that_is_far_too_high_stops_with_advice(double rate)
    {
        NetworkTrainingOptions options =
            SmallTraining.Options with { LearningRate = rate, LearningRateSchedule = LearningRateSchedule.Constant };

        string message = Should.Throw<TransferLearningException>(() => SmallTraining.Train(SmallTraining.Task(), options)).Message;

        message.ShouldStartWith("the loss of the small network ");
        message.ShouldContain("in epoch 1: the learning rate of ");
        message.ShouldContain("is too high; try ");
    }

    [Fact]
    public void Weights_that_the_last_step_of_an_epoch_spoils_are_not_kept()
    {
        // One step per epoch, whose loss is that of the weights before it.
        NetworkTrainingOptions options = SmallTraining.Options with
        {
            Epochs = 1,
            BatchSize = 64,
            LearningRate = 1e300,
            LearningRateSchedule = LearningRateSchedule.Constant,
        };

        Should.Throw<TransferLearningException>(() => SmallTraining.Train(SmallTraining.Task() with { HeldOut = [] }, options)).Message
            .ShouldContain("is NaN or infinite in epoch 1");
    }

    [Theory]
    [InlineData(float.NaN, "is NaN or infinite")]
    [InlineData(1e3f, "rose to ")]
    public void A_training_that_diverges_later_keeps_its_best_epoch(float scale, string found)
    {
        var images = new DrawnTrainingImages { Scale = epoch => epoch < 2 ? 1 : scale };
        TrainedNetwork two = SmallTraining.Train(SmallTraining.Task() with { LastEpoch = 2 }, SmallTraining.Options);

        TrainedNetwork diverged = SmallTraining.Train(SmallTraining.Task(images), SmallTraining.Options);

        diverged.Divergence.ShouldNotBeNull().ShouldContain($"the loss of the small network {found}");
        diverged.Divergence.ShouldContain("in epoch 3: the learning rate of 0.05 is too high; try 0.005");
        diverged.History.Count.ShouldBe(2);
        diverged.BestEpoch.ShouldBe(two.BestEpoch);
        SmallTraining.Weights(diverged.Graph).ShouldBe(SmallTraining.Weights(two.Graph));
    }
}
