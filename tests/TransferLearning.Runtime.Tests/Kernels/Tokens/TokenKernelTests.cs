using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Kernels.Tokens;
using TransferLearning.Runtime.Operators.Activations;

namespace TransferLearning.Runtime.Tests.Kernels.Tokens;

/// <summary>Compares the kernels of tokens with their plain definitions in double precision.</summary>
public unsafe class TokenKernelTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 20_011).Select(static i => (i - 10_005) * 0.00113f)];

    [Fact]
    public void Gelu_is_right_to_2e7_of_its_argument()
    {
        float[] result = Run(TokenFunctions.Gelu);

        ShouldBeNear(result, static x => 0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2))), static x => 2e-7 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void Gelu_by_tanh_is_right_to_3e7_of_its_argument()
    {
        float[] result = Run(TokenFunctions.GeluTanh);

        ShouldBeNear(
            result,
            static x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
            static x => 3e-7 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void The_error_function_is_right_to_4e7() => ShouldBeNear(Run(TokenFunctions.Erf), ErrorFunction.Erf, static _ => 4e-7);

    [Fact]
    public void Functions_of_NaN_and_infinity_are_those_of_their_definition()
    {
        float[] values = [float.NaN, float.PositiveInfinity, -40, 40], gelu = new float[4], erf = new float[4];
        fixed (float* x = values, y = gelu, z = erf)
        {
            TokenFunctions.Gelu(x, y, 4);
            TokenFunctions.Erf(x, z, 4);
        }

        float.IsNaN(gelu[0]).ShouldBeTrue();
        gelu[1].ShouldBe(float.PositiveInfinity);
        gelu[2].ShouldBe(0, 1e-6f);
        gelu[3].ShouldBe(40, 1e-6f);
        float.IsNaN(erf[0]).ShouldBeTrue();
        erf[1..].ShouldBe([1, -1, 1], 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(77)]
    [InlineData(384)]
    public void A_row_is_normalized_as_defined(int length)
    {
        float[] values = Random(length, 5, offset: 3), scale = Random(length, 6), shift = Random(length, 7), result = new float[length];
        fixed (float* x = values, s = scale, t = shift, y = result)
        {
            RowKernels.Normalize(x, s, t, y, length, 1e-5f);
        }

        double mean = values.Average(static v => (double)v), variance = values.Average(v => (v - mean) * (v - mean));
        for (int i = 0; i < length; i++)
        {
            double expected = ((values[i] - mean) / Math.Sqrt(variance + 1e-5) * scale[i]) + shift[i];
            ((double)result[i]).ShouldBe(expected, 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(49)]
    [InlineData(197)]
    public void The_exponentials_of_a_row_and_their_sum_are_as_defined(int length)
    {
        float[] values = [.. Random(length, 5, offset: 30).Select(static v => v * 20)], result = new float[length];
        float sum;
        fixed (float* x = values, y = result)
        {
            sum = RowKernels.Exponentials(x, y, length);
        }

        double largest = values.Max();
        for (int i = 0; i < length; i++)
        {
            ((double)result[i]).ShouldBe(Math.Exp(values[i] - largest), 3e-7);
        }

        ((double)sum).ShouldBe(values.Sum(v => Math.Exp(v - largest)), 1e-6 * length);
    }

    [Fact]
    public void Scores_of_minus_infinity_have_no_part_in_the_sum()
    {
        float[] values = [float.NegativeInfinity, 2, 2, float.NegativeInfinity, 2], result = new float[5];
        fixed (float* x = values, y = result)
        {
            RowKernels.Exponentials(x, y, 5).ShouldBe(3, 1e-6f);
        }

        result.ShouldBe([0, 1, 1, 0, 1], 1e-30);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(19, 11)]
    [InlineData(5, 33)]
    public void A_matrix_is_copied_transposed(int rows, int columns)
    {
        float[] source = Random((rows + 3) * columns, 8), target = new float[rows * (columns + 2)];
        fixed (float* s = source, t = target)
        {
            TransposedCopy.Run(s, rows + 3, t, columns + 2, rows, columns, 2);
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns + 2; j++)
            {
                target[(i * (columns + 2)) + j].ShouldBe(j < columns ? 2 * source[(j * (rows + 3)) + i] : 0);
            }
        }
    }

    public static TheoryData<int, int, int> Products => new()
    {
        { 1, 1, 1 }, { 7, 3, 5 }, { 13, 20, 33 }, { 29, 64, 17 }, { 6, 9, 48 },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public void A_product_with_packed_panels_is_that_of_the_matrices(int rows, int inner, int columns)
    {
        float[] left = Random(rows * inner, 1), right = Random(inner * columns, 2), zeros = new float[256];
        foreach (KernelSet kernels in TestedKernelSets.All)
        {
            var panels = new MatrixPanels(kernels, inner, columns);
            float[] addend = Random(rows * panels.Width, 3), packed = new float[panels.Length];
            foreach ((int rowStride, int columnStride) in new[] { (columns, 1), (1, inner), (2, 2 * inner) })
            {
                float[] placed = new float[2 * right.Length];
                for (int i = 0; i < right.Length; i++)
                {
                    placed[(i / columns * rowStride) + (i % columns * columnStride)] = right[i];
                }

                float[] result = new float[rows * panels.Width];
                fixed (float* a = left, b = placed, p = packed, z = zeros, r = result, add = addend)
                {
                    panels.Pack(b, rowStride, columnStride, 0.5f, p);
                    panels.Multiply(p, z, new ProductRows(a, inner, r, panels.Width, add, panels.Width), rows);
                }

                for (int i = 0; i < rows * columns; i++)
                {
                    int row = i / columns, column = i % columns, at = (row * panels.Width) + column;
                    double sum = Enumerable.Range(0, inner).Sum(k => 0.5 * left[(row * inner) + k] * right[(k * columns) + column]);
                    ((double)result[at]).ShouldBe(addend[at] + sum, 1e-4, $"{kernels.Name}, {row}, {column}");
                }
            }
        }
    }

    private delegate void Function(float* x, float* y, nint length);

    private static float[] Run(Function function)
    {
        float[] result = new float[Values.Length];
        fixed (float* x = Values, y = result)
        {
            function(x, y, Values.Length);
        }

        return result;
    }

    private static void ShouldBeNear(float[] result, Func<double, double> expected, Func<double, double> tolerance)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            ((double)result[i]).ShouldBe(expected(Values[i]), tolerance(Values[i]), $"at {Values[i]}");
        }
    }

    private static float[] Random(int length, int seed, float offset = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => offset + (2 * random.NextSingle()) - 1)];
    }
}
