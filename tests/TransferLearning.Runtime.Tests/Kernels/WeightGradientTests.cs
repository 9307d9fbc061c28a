using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tiles;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class WeightGradientTests
{
    public static TheoryData<string> Sets() => [.. TestedKernelSets.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_tile_of_every_size_sums_the_products_of_all_pixels(string setName)
    {
        KernelSet kernels = KernelSet.All.Single(s => s.Name == setName);
        List<int> widths = [kernels.Lanes, 2 * kernels.Lanes, 3 * kernels.Lanes];
        if (kernels.HasHalfVectors)
        {
            widths.Add(kernels.Lanes + (kernels.Lanes / 2));
        }

        foreach (int width in widths)
        {
            for (int values = 1; values <= kernels.MaxPixels(width); values++)
            {
                Check(kernels, values, width, pixels: 1, adds: false);
                Check(kernels, values, width, pixels: 13, adds: true);
            }
        }
    }

    private static void Check(KernelSet kernels, int values, int width, int pixels, bool adds)
    {
        var random = new Random(values + width);
        float[] input = Randoms(random, (3 * pixels) + values), gradient = Randoms(random, pixels * (width + 5));
        float[] output = Randoms(random, values * width);

        // Pixels in another order than they lie in memory.
        int[] inputOffsets = [.. Enumerable.Range(0, pixels).Select(i => 3 * (pixels - 1 - i))];
        int[] gradientOffsets = [.. Enumerable.Range(0, pixels).Select(i => i * (width + 5))];
        float[] expected = [.. Enumerable.Range(0, values * width).Select(i => (adds ? output[i] : 0) + Enumerable.Range(0, pixels)
            .Sum(p => input[inputOffsets[p] + (i / width)] * gradient[gradientOffsets[p] + (i % width)]))];
        fixed (float* x = input, g = gradient, y = output)
        fixed (int* xs = inputOffsets, gs = gradientOffsets)
        {
            WeightGradientTile tile;
            tile.Input = x;
            tile.InputOffsets = xs;
            tile.Gradient = g;
            tile.GradientOffsets = gs;
            tile.Pixels = pixels;
            tile.Output = y;
            tile.Adds = adds ? 1 : 0;
            kernels.WeightGradient(values, width)(&tile);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            output[i].ShouldBe(expected[i], 1e-5f, $"{values} x {width}, {pixels} pixels, at {i}");
        }
    }

    private static float[] Randoms(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}
