using TransferLearning.Backbones;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

public sealed class PredictionEngineTests
{
    private const int Rounds = 10_000;

    private static readonly RgbImage Image = new(8, 8, new byte[8 * 8 * 3]);

    [Fact]
    public void Two_threads_that_dispose_of_it_do_not_wait_for_each_other()
    {
        PredictionEngine[] engines = [.. Enumerable.Range(0, Rounds).Select(_ => Engine())];

        AtOnce(engines.Length, round => engines[round].Dispose(), round => engines[round].Dispose());
    }

    [Fact]
    public void A_prediction_beside_Dispose_gives_its_result_or_says_that_the_model_is_disposed_of()
    {
        float[] expected = Engine().Predict(Image);
        PredictionEngine[] engines = [.. Enumerable.Range(0, Rounds / 10).Select(_ => Engine())];
        int answered = 0;

        AtOnce(engines.Length, Predict, round => engines[round].Dispose(), Predict, round => engines[round].Dispose());

        answered.ShouldBe(2 * engines.Length);

        void Predict(int round)
        {
            try
            {
                engines[round].Predict(Image).ShouldBe(expected);
            }
            catch (ObjectDisposedException)
            {
                // As announced.
            }

            Interlocked.Increment(ref answered);
        }
    }

    /// <summary>Runs the actions on a thread each, in rounds that all begin at the same time.</summary>
    private static void AtOnce(int rounds, params Action<int>[] actions)
    {
        using var start = new Barrier(actions.Length);
        Task[] threads =
        [
            .. actions.Select(action => Task.Factory.StartNew(
                () =>
                {
                    for (int round = 0; round < rounds; round++)
                    {
                        start.SignalAndWait();
                        action(round);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)),
        ];
        Task.WaitAll(threads, TimeSpan.FromMinutes(2)).ShouldBeTrue("the threads wait for each other");
    }

    private static PredictionEngine Engine()
    {
        Backbone backbone = TinyBackbone.Value;
        return new PredictionEngine(EmbeddedEngine.Instance, backbone.Network, backbone.Preprocessing);
    }
}
