using System.Runtime.Intrinsics.X86;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Tests.Decoding.Jpeg.Pixels;

public sealed class InverseDctTests
{
    private const int Stride = 11;

    [Fact]
    public void Samples_are_those_of_the_definition_within_one()
    {
        foreach (int[] block in Blocks(300))
        {
            double[] expected = Reference(block);
            byte[] samples = new byte[8 * Stride];

            InverseDct.TransformPortable(ref block[0], ref samples[0], Stride);

            for (int i = 0; i < 64; i++)
            {
                ((double)samples[(i / 8 * Stride) + (i % 8)]).ShouldBe(expected[i], 1.001);
            }
        }
    }

    [SkippableFact]
    public void The_transform_with_AVX2_gives_the_same_samples()
    {
        Skip.IfNot(Avx2.IsSupported, "this processor has no AVX2");
        foreach (int[] block in Blocks(300))
        {
            byte[] expected = new byte[8 * Stride];
            byte[] actual = new byte[8 * Stride];

            InverseDct.TransformPortable(ref block[0], ref expected[0], Stride);
            InverseDctAvx2.Transform(ref block[0], ref actual[0], Stride);

            actual.ShouldBe(expected);
        }
    }

    [Fact]
    public void A_block_of_one_coefficient_is_flat()
    {
        for (int dc = -1200; dc <= 1200; dc += 7)
        {
            byte[] expected = new byte[8 * Stride];
            byte[] actual = new byte[8 * Stride];
            int[] block = new int[64];
            block[0] = dc;

            InverseDct.Transform(ref block[0], ref expected[0], Stride);
            InverseDct.Fill(dc, ref actual[0], Stride);

            actual.ShouldBe(expected);
        }
    }

    private static IEnumerable<int[]> Blocks(int count)
    {
        var random = new Random(3);
        for (int i = 0; i < count; i++)
        {
            int[] block = new int[64];
            for (int k = 0; k < random.Next(1, 64); k++)
            {
                block[random.Next(64)] = random.Next(-150, 151);
            }

            block[0] = random.Next(-1000, 1000);
            yield return block;
        }
    }

    private static double[] Reference(int[] block)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
        {
            double sum = 0.0;
            for (int k = 0; k < 64; k++)
            {
                sum += block[k] * Basis(k / 8, i / 8) * Basis(k % 8, i % 8);
            }

            samples[i] = Math.Clamp(Math.Round(sum + 128), 0, 255);
        }

        return samples;
    }

    private static double Basis(int frequency, int position) =>
        (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * position) + 1) * frequency * Math.PI / 16);
}
