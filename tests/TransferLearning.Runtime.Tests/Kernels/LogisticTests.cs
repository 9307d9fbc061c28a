using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class LogisticTests
{
    [Fact]
    public void The_logistic_function_and_SiLU_are_right_to_a_few_units_in_the_last_place()
    {
        float[] values = [.. Enumerable.Range(0, 24_000).Select(static i => (i - 12_000) * 0.00731f)];

        float[] gates = Sigmoid(values, timesInput: false), products = Sigmoid(values, timesInput: true);

        for (int i = 0; i < values.Length; i++)
        {
            double x = values[i], expected = 1 / (1 + Math.Exp(-x));
            double tolerance = Math.Abs(x) < 10 ? 1e-6 : 6e-6;
            Math.Abs(gates[i] - expected).ShouldBeLessThan(1.5e-7, $"logistic({x})");
            Math.Abs(gates[i] - expected).ShouldBeLessThanOrEqualTo((tolerance * expected) + 1e-37, $"logistic({x})");
            Math.Abs(products[i] - (x * expected)).ShouldBeLessThanOrEqualTo((tolerance * Math.Abs(x) * expected) + 1e-35, $"SiLU({x})");
        }
    }

    [Fact]
    public void Values_far_from_0_give_the_limits_and_NaN_gives_NaN()
    {
        float[] gates = Sigmoid([float.PositiveInfinity, 200, float.NegativeInfinity, 0, float.NaN], timesInput: false);

        gates[..2].ShouldBe([1, 1]);
        gates[2].ShouldBe(0, 1e-37f);
        gates[3..].ShouldBe([0.5f, float.NaN]);
        float[] products = Sigmoid([float.PositiveInfinity, 200, float.NaN, -200], timesInput: true);
        products[..3].ShouldBe([float.PositiveInfinity, 200, float.NaN]);
        products[3].ShouldBe(0, 1e-30f);
    }

    [Fact]
    public void A_gate_does_not_depend_on_the_position_of_its_value()
    {
        float[] values = [.. Enumerable.Range(0, 37).Select(i => (i - 18) * 0.37f)];
        float[] expected = [.. values.Select(v => (float)(v / (1 + Math.Exp(-v))))];
        for (int start = 0; start < 19; start++)
        {
            float[] result = new float[values.Length];
            fixed (float* x = values, y = result)
            {
                Elementwise.Sigmoid(x, y, start, timesInput: true);
                Elementwise.Sigmoid(x + start, y + start, values.Length - start, timesInput: true);
            }

            result.Select((r, i) => Math.Abs(r - expected[i])).Max().ShouldBeLessThan(1e-6f);
            if (start > 0)
            {
                result.ShouldBe(Sigmoid(values, timesInput: true));
            }
        }
    }

    private static float[] Sigmoid(float[] values, bool timesInput)
    {
        float[] result = new float[values.Length];
        fixed (float* x = values, y = result)
        {
            Elementwise.Sigmoid(x, y, values.Length, timesInput);
        }

        return result;
    }
}
