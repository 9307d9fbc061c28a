using System.Numerics;
using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public unsafe class ExponentialTests
{
    [Fact]
    public void The_vector_exponential_is_the_exponential_to_a_few_units_in_the_last_place()
    {
        for (float x = -86.9f; x < 87.9f; x += 0.00731f)
        {
            double error = Math.Abs((Exponential.Of(new Vector<float>(x))[0] / Math.Exp(x)) - 1);
            error.ShouldBeLessThan(2.5e-7, $"exp({x})");
        }
    }

    [Fact]
    public void Far_values_and_NaN_give_what_they_should()
    {
        Exponential.Logistic(new Vector<float>(float.PositiveInfinity))[0].ShouldBe(1);
        Exponential.Logistic(new Vector<float>(200))[0].ShouldBe(1);
        Exponential.Logistic(new Vector<float>(float.NegativeInfinity))[0].ShouldBe(0, 1e-37f);
        Exponential.Logistic(Vector<float>.Zero)[0].ShouldBe(0.5f);
        Exponential.Logistic(new Vector<float>(float.NaN))[0].ShouldBe(float.NaN);
    }

    [Fact]
    public void A_gate_does_not_depend_on_where_the_value_stands()
    {
        float[] values = [.. Enumerable.Range(0, 37).Select(i => (i - 18) * 0.37f)];
        float[] expected = [.. values.Select(v => (float)(v / (1 + Math.Exp(-v))))];
        for (int start = 0; start < 16; start++)
        {
            var result = new float[values.Length];
            fixed (float* x = values, y = result)
            {
                Elementwise.Sigmoid(x, y, start, timesInput: true);
                Elementwise.Sigmoid(x + start, y + start, values.Length - start, timesInput: true);
            }

            result.Select((r, i) => Math.Abs(r - expected[i])).Max().ShouldBeLessThan(1e-6f);
            if (start > 0)
            {
                var whole = new float[values.Length];
                fixed (float* x = values, y = whole)
                {
                    Elementwise.Sigmoid(x, y, values.Length, timesInput: true);
                }

                result.ShouldBe(whole);
            }
        }
    }
}
