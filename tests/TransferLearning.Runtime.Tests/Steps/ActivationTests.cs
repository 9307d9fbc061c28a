using TransferLearning.Runtime.Operators.Activations;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Tests.Steps;

public unsafe class ActivationTests
{
    [Fact]
    public void Every_kind_is_computed()
    {
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
        {
            Apply(new Activation(kind, 0.25f, 0.5f), 2).ShouldBe(Expected(kind, 2), 1e-6f, kind.ToString());
            Apply(new Activation(kind, 0.25f, 0.5f), -1).ShouldBe(Expected(kind, -1), 1e-6f, kind.ToString());
        }
    }

    [Fact]
    public void An_unknown_kind_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Apply(new Activation((ActivationKind)99, 0, 0), 1)).Message.ShouldContain("99");

    private static float Apply(Activation activation, float x)
    {
        float y;
        activation.Apply(&x, &y, 1);
        return y;
    }

    private static float Expected(ActivationKind kind, float x) => kind switch
    {
        ActivationKind.Clamp => Math.Clamp(x, 0.25f, 0.5f),
        ActivationKind.LeakyRelu => x < 0 ? 0.25f * x : x,
        ActivationKind.HardSigmoid => Math.Clamp((0.25f * x) + 0.5f, 0, 1),
        ActivationKind.HardSwish => x * Math.Clamp((x / 6) + 0.5f, 0, 1),
        ActivationKind.Sigmoid => 1 / (1 + MathF.Exp(-x)),
        ActivationKind.Swish => x / (1 + MathF.Exp(-x)),
        ActivationKind.Tanh => MathF.Tanh(x),
        ActivationKind.Erf => (float)ErrorFunction.Erf(x),
        ActivationKind.Gelu => (float)(0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)))),
        ActivationKind.GeluTanh => (float)(0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of this test"),
    };
}
