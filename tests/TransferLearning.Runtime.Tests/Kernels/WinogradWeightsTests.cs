using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class WinogradWeightsTests
{
    private const int Outputs = 37;
    private const int Inputs = 5;

    /// <summary>G of F(4x4, 3x3), row by row: the points 0, infinity, 1, -1, 2, -2.</summary>
    private static readonly double[][] Transform =
    [
        [1 / 4.0, 0, 0],
        [0, 0, 1],
        [-1 / 6.0, -1 / 6.0, -1 / 6.0],
        [-1 / 6.0, 1 / 6.0, -1 / 6.0],
        [1 / 24.0, 1 / 12.0, 1 / 6.0],
        [1 / 24.0, -1 / 12.0, 1 / 6.0],
    ];

    [Fact]
    public void Each_filter_is_multiplied_by_G_from_both_sides()
    {
        var random = new Random(1);
        float[] filters = [.. Enumerable.Range(0, Outputs * Inputs * 9).Select(_ => random.NextSingle() - 0.5f)];
        foreach (KernelSet kernels in TestedKernelSets.All)
        {
            using var weights = new WinogradWeights(kernels, Tensor.Create(new Shape(Outputs, Inputs, 3, 3), filters), []);

            for (int matrix = 0; matrix < WinogradWeights.Matrices; matrix++)
            {
                for (int output = 0; output < Outputs; output++)
                {
                    for (int input = 0; input < Inputs; input++)
                    {
                        double expected = Expected(filters.AsSpan(((output * Inputs) + input) * 9, 9), matrix / 6, matrix % 6);
                        Packed(weights[matrix], kernels.Lanes, output, input).ShouldBe((float)expected, 1e-6f);
                    }
                }
            }
        }
    }

    private static double Expected(ReadOnlySpan<float> filter, int row, int column)
    {
        double sum = 0;
        for (int y = 0; y < 3; y++)
        {
            for (int x = 0; x < 3; x++)
            {
                sum += Transform[row][y] * filter[(y * 3) + x] * Transform[column][x];
            }
        }

        return sum;
    }

    private static float Packed(PackedConvolution packed, int lanes, int output, int input)
    {
        WeightPanel panel = packed.Panels.Last(p => p.OutputChannel <= output);
        return packed.Weights[panel.WeightOffset + ((long)input * panel.Width) + output - panel.OutputChannel];
    }
}
