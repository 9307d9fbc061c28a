using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Heads.Optimization;
using TransferLearning.Heads.Softmax;

namespace TransferLearning.Tests.Heads.Softmax;

public class TrainingLoopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_epoch_that_is_canceled_half_way_leaves_the_parameters_of_the_last_whole_one(bool keepsLast)
    {
        using var cancellation = new CancellationTokenSource();
        var loop = new TrainingLoop(new CanceledOptimization(3, cancellation), null, 10, null) { KeepsLast = keepsLast };

        loop.Run(new RetrainingContext { CancellationToken = cancellation.Token }).ShouldBeTrue();

        (loop.BestEpoch, loop.History.Count).ShouldBe((2, 2));
        loop.Best.Bias.ToArray().ShouldBe([2, 2]);
    }

    [Fact]
    public void The_exception_of_another_token_is_not_taken_for_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var loop = new TrainingLoop(new CanceledOptimization(3, cancellation), null, 10, null);

        Should.Throw<OperationCanceledException>(() => loop.Run(new RetrainingContext()));
    }

    /// <summary>Adds one to all parameters in each epoch, and is canceled after it has changed them.</summary>
    private sealed class CanceledOptimization(int epoch, CancellationTokenSource cancellation) : HeadOptimization
    {
        private int _epoch;

        public override HeadParameters Parameters { get; } = new(2, 3);

        public override bool RunEpoch()
        {
            _epoch++;
            Objective = 1.0 / _epoch;
            for (int c = 0; c < 2; c++)
            {
                Parameters.Bias[c]++;
            }

            if (_epoch == epoch)
            {
                cancellation.Cancel();
                cancellation.Token.ThrowIfCancellationRequested();
            }

            return true;
        }
    }
}
