using TransferLearning.Backbones;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

public sealed class PredictionEngineTests
{
    private const int Rounds = 10_000;

    private static readonly RgbImage Image = new(8, 8, new byte[8 * 8 * 3]);

    [Fact]
    public void Two_threads_that_dispose_of_it_do_not_wait_for_each_other()
    {
        for (int round = 0; round < Rounds; round++)
        {
            PredictionEngine engine = Engine();
            Parallel.Invoke(engine.Dispose, engine.Dispose);
        }
    }

    [Fact]
    public void A_prediction_beside_Dispose_gives_its_result_or_says_that_the_model_is_disposed_of()
    {
        float[] expected = Engine().Predict(Image);
        int predicted = 0, refused = 0;
        for (int round = 0; round < Rounds / 10; round++)
        {
            PredictionEngine engine = Engine();
            Parallel.Invoke(
                Predict,
                engine.Dispose,
                Predict,
                engine.Dispose);

            void Predict()
            {
                try
                {
                    engine.Predict(Image).ShouldBe(expected);
                    Interlocked.Increment(ref predicted);
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }

        (predicted + refused).ShouldBe(Rounds / 10 * 2);
    }

    private static PredictionEngine Engine()
    {
        Backbone backbone = TinyBackbone.Value;
        return new PredictionEngine(backbone.Graph, backbone.Preprocessing, backbone.Graph.Outputs[0].Name);
    }
}
