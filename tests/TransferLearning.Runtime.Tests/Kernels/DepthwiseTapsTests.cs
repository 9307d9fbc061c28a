using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class DepthwiseTapsTests
{
    private const int Channels = 32;
    private const int Pixels = 6;
    private const int Step = 40;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Every_output_is_the_sum_over_its_taps(bool adds, bool hasBias)
    {
        int[] offsets = [0, Step, 3 * Step], rows = [2, 0, 4];
        float[] input = Randoms(1, (Pixels + 4) * Step), weights = Randoms(2, 5 * Channels), bias = Randoms(3, Channels);
        float[] output = Randoms(4, Pixels * Step);
        float[] expected = [.. output];
        for (int p = 0; p < Pixels; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                expected[(p * Step) + c] = (adds ? output[(p * Step) + c] : 0) + (hasBias ? bias[c] : 0)
                    + offsets.Select((o, t) => input[(p * Step) + o + c] * weights[(rows[t] * Channels) + c]).Sum();
            }
        }

        fixed (float* x = input, w = weights, b = bias, y = output)
        fixed (int* o = offsets, r = rows)
        {
            DepthwiseTaps.Sum(x, Step, o, offsets.Length, w, r, hasBias ? b : null, y, Step, Pixels, Channels, adds);
        }

        ShouldBe(output, expected);
    }

    [Fact]
    public void Products_are_summed_over_the_pixels()
    {
        float[] input = Randoms(1, Pixels * Step), gradient = Randoms(2, Pixels * Step), sums = Randoms(3, Channels);
        float[] expected = [.. sums.Select((s, c) =>
            s + Enumerable.Range(0, Pixels).Sum(p => input[(p * Step) + c] * gradient[(p * Step) + c]))];

        fixed (float* x = input, g = gradient, s = sums)
        {
            DepthwiseTaps.AddProducts(x, Step, g, Step, Pixels, Channels, s);
        }

        ShouldBe(sums, expected);
    }

    private static void ShouldBe(float[] actual, float[] expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].ShouldBe(expected[i], 1e-5f, $"at {i}");
        }
    }

    private static float[] Randoms(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }
}
