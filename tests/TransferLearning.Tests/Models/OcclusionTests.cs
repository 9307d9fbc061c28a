using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models.Occlusion;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models;

public class OcclusionTests
{
    [Fact]
    public void The_probability_drops_most_where_the_object_is_hidden()
    {
        // Without a strong penalty, the probability stays near 1 whatever is hidden.
        FineTuningResult trained = TransferPipeline.FineTune(DrawnImages.Set(20, "blue", "red"))
            .WithBackbone(Backbone.Compact).WithRetrainer(new SoftmaxRetrainer(new() { L2 = 300 })).WithSharedBottlenecks().Fit();
        (byte[] file, int x, int y) = DrawnImages.Disc(0, 77);

        OcclusionMap map = trained.Model.Occlude(ImageFormats.BuiltIn.Decode(file), CancellationToken.None);

        double scale = (double)map.View.Width / DrawnImages.Side;
        int brightest = Array.IndexOf(map.Drops, map.Drops.Max());
        double distance = Math.Sqrt(
            Math.Pow((brightest % map.View.Width) - (scale * x), 2) + Math.Pow((brightest / map.View.Width) - (scale * y), 2));
        map.Drops[brightest].ShouldBeGreaterThan(0.01f, $"of {map.Prediction}");
        distance.ShouldBeLessThan(scale * 1.5 * DrawnImages.Radius);
    }

    [Fact]
    public void Every_pixel_is_hidden_and_equal_values_spread_evenly()
    {
        foreach ((int width, int height) in new[] { (128, 128), (160, 96), (7, 5), (1, 1) })
        {
            var patches = new OcclusionPatches(width, height, PixelNormalization.Inception);
            float[] input = new float[width * height * 3];
            Array.Fill(input, 9);
            for (int patch = 0; patch < patches.Count; patch++)
            {
                patches.Hide(patch, input);
            }

            input.ShouldAllBe(v => v == 0);
            patches.Spread([.. Enumerable.Repeat(0.5f, patches.Count)]).ShouldAllBe(v => Math.Abs(v - 0.5f) < 1e-5);
        }
    }

    [Fact]
    public void The_patch_is_gray_in_the_channel_order_of_the_network()
    {
        var normalization = new PixelNormalization(100, 110, 120, 2, 3, 4) { ChannelOrder = ChannelOrder.Bgr };
        float[] input = new float[3];

        new OcclusionPatches(1, 1, normalization).Hide(0, input);

        input.ShouldBe([7.5f / 4, 17.5f / 3, 27.5f / 2]);
    }
}
