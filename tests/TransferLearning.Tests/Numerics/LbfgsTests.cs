using TransferLearning.Numerics;

namespace TransferLearning.Tests.Numerics;

public class LbfgsTests
{
    [Fact]
    public void It_finds_the_minimum_of_the_rosenbrock_valley()
    {
        var lbfgs = new Lbfgs(
            static (p, g) =>
            {
                (double x, double y) = (p[0], p[1]);
                g[0] = (-2 * (1 - x)) - (400 * x * (y - (x * x)));
                g[1] = 200 * (y - (x * x));
                return ((1 - x) * (1 - x)) + (100 * (y - (x * x)) * (y - (x * x)));
            },
            [-1.2, 1]);

        int steps = 0;
        while (lbfgs.GradientSize > 1e-8 && lbfgs.Step())
        {
            steps++;
        }

        lbfgs.Point[0].ShouldBe(1, 1e-6);
        lbfgs.Point[1].ShouldBe(1, 1e-6);
        steps.ShouldBeLessThan(60);
    }

    [Fact]
    public void It_needs_few_steps_on_an_ill_conditioned_quadratic()
    {
        var lbfgs = new Lbfgs(
            static (p, g) =>
            {
                double value = 0;
                for (int i = 0; i < p.Length; i++)
                {
                    g[i] = (i + 1) * p[i];
                    value += g[i] * p[i] / 2;
                }

                return value;
            },
            [.. Enumerable.Repeat(1.0, 50)]);

        int steps = 0;
        double last = lbfgs.Value;
        while (lbfgs.GradientSize > 1e-5 && lbfgs.Step())
        {
            lbfgs.Value.ShouldBeLessThan(last);
            (last, steps) = (lbfgs.Value, steps + 1);
        }

        lbfgs.GradientSize.ShouldBeLessThanOrEqualTo(1e-5);
        steps.ShouldBeLessThan(60);
    }

    [Fact]
    public void It_stops_at_the_minimum()
    {
        var lbfgs = new Lbfgs(
            static (p, g) =>
            {
                g[0] = 2 * p[0];
                return p[0] * p[0];
            },
            [0]);

        lbfgs.Step().ShouldBeFalse();
        lbfgs.Point.ShouldBe([0.0]);
    }
}
