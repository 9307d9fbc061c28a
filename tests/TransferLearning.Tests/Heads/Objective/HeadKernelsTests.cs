using TransferLearning.Heads.Objective;

namespace TransferLearning.Tests.Heads.Objective;

public class HeadKernelsTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var shapes = new TheoryData<int, int, int>();
        foreach (int classes in (int[])[2, 3, 4, 5, 6, 7, 10, 200])
        {
            shapes.Add(1, 31, classes);
            shapes.Add(6, 64, classes);
            shapes.Add(23, 385, classes);
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Logits_agree_with_the_scalar_sum(int rows, int features, int classes)
    {
        (PaddedMatrix x, int[] picked, nint[] offsets) = Features(rows, features);
        var random = new Random(2);
        PaddedMatrix weights = Matrix(classes, features, random);
        float[] bias = [.. Enumerable.Range(0, classes).Select(_ => random.NextSingle())];
        int stride = classes + 3;
        float[] logits = new float[rows * stride];

        HeadKernels.Logits(x, offsets, weights, bias, logits, stride);

        for (int i = 0; i < rows; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                double sum = bias[c];
                for (int f = 0; f < features; f++)
                {
                    sum += (double)x.Row(picked[i])[f] * weights.Row(c)[f];
                }

                ((double)logits[(i * stride) + c]).ShouldBe(sum, 1e-4);
            }

            logits.AsSpan((i * stride) + classes, 3).ToArray().ShouldAllBe(v => v == 0, "nothing is written after the classes");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_gradient_adds_the_scalar_sum_of_outer_products(int rows, int features, int classes)
    {
        (PaddedMatrix x, int[] picked, nint[] offsets) = Features(rows, features);
        var random = new Random(3);
        float[] residuals = [.. Enumerable.Range(0, rows * classes).Select(_ => random.NextSingle() - 0.5f)];
        PaddedMatrix gradient = Matrix(classes, features, random);
        float[] before = gradient.Values.ToArray();

        HeadKernels.AddGradient(x, offsets, residuals, classes, gradient);

        for (int c = 0; c < classes; c++)
        {
            for (int f = 0; f < features; f++)
            {
                double sum = before[(c * gradient.Stride) + f];
                for (int i = 0; i < rows; i++)
                {
                    sum += (double)residuals[(i * classes) + c] * x.Row(picked[i])[f];
                }

                ((double)gradient.Row(c)[f]).ShouldBe(sum, 1e-4);
            }

            gradient.Values.Slice((c * gradient.Stride) + features, gradient.Stride - features).ToArray().ShouldAllBe(v => v == 0);
        }
    }

    private static PaddedMatrix Matrix(int rows, int columns, Random random)
    {
        var matrix = new PaddedMatrix(rows, columns);
        for (int r = 0; r < rows; r++)
        {
            foreach (ref float value in matrix.Row(r))
            {
                value = random.NextSingle() - 0.5f;
            }
        }

        return matrix;
    }

    private static (PaddedMatrix Features, int[] Rows, nint[] Offsets) Features(int rows, int features)
    {
        var random = new Random(1);
        PaddedMatrix matrix = Matrix(2 * rows, features, random);
        int[] picked = [.. Enumerable.Range(0, rows).Select(_ => random.Next(2 * rows))];
        return (matrix, picked, [.. picked.Select(r => (nint)r * matrix.Stride)]);
    }
}
