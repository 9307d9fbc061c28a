using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Activation functions, and the elementary functions of one number.</summary>
internal static class ActivationOperators
{
    public static IEnumerable<Operator> All =>
    [
        new UnaryOperator("Relu", x => x < 0 ? 0 : x) { HasKernel = true },
        new UnaryOperator("LeakyRelu", c => LeakyRelu(LeakyReluSlope(c.Node)), "alpha") { HasKernel = true },
        new UnaryOperator("ThresholdedRelu", c => ThresholdedRelu(c.Attributes.Float("alpha", 1)), "alpha") { FirstOpset = 10 },
        new UnaryOperator("Elu", c => Elu(c.Attributes.Float("alpha", 1), 1), "alpha"),
        new UnaryOperator("Celu", c => Celu(c.Attributes.Float("alpha", 1)), "alpha") { FirstOpset = 12 },
        new UnaryOperator(
            "Selu", c => Elu(c.Attributes.Float("alpha", 1.6732632f), c.Attributes.Float("gamma", 1.050701f)), "alpha", "gamma"),
        new UnaryOperator("Sigmoid", Sigmoid) { HasKernel = true },
        new UnaryOperator("HardSigmoid", c => HardSigmoid(HardSigmoidLine(c.Node)), "alpha", "beta") { HasKernel = true },
        new UnaryOperator("HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1)) { FirstOpset = 14, HasKernel = true },
        new UnaryOperator("Softplus", Softplus),
        new UnaryOperator("Softsign", x => x / (1 + Math.Abs(x))),
        new UnaryOperator("Mish", x => x * Math.Tanh(Softplus(x))) { FirstOpset = 18 },
        new UnaryOperator("Gelu", c => c.Choice("approximate", "none", "tanh") == "tanh" ? ApproximateGelu : Gelu, "approximate")
        {
            FirstOpset = 20,
        },
        new UnaryOperator("Tanh", Math.Tanh) { HasKernel = true },
        new UnaryOperator("Erf", ErrorFunction.Erf) { FirstOpset = 9 },
        new UnaryOperator("Exp", Math.Exp),
        new UnaryOperator("Log", Math.Log),
        new UnaryOperator("Sqrt", Math.Sqrt),
        new UnaryOperator("Reciprocal", x => 1 / x),
        new UnaryOperator("Abs", Math.Abs),
        new UnaryOperator("Neg", x => -x),
        new UnaryOperator("Sign", x => double.IsNaN(x) ? x : Math.Sign(x)) { FirstOpset = 9 },
        new UnaryOperator("Floor", Math.Floor),
        new UnaryOperator("Ceil", Math.Ceiling),
        new UnaryOperator("Round", x => Math.Round(x, MidpointRounding.ToEven)) { FirstOpset = 11 },
        new UnaryOperator("Sin", Math.Sin),
        new UnaryOperator("Cos", Math.Cos),
        new UnaryOperator("Tan", Math.Tan),
        new UnaryOperator("Asin", Math.Asin),
        new UnaryOperator("Acos", Math.Acos),
        new UnaryOperator("Atan", Math.Atan),
        new UnaryOperator("Sinh", Math.Sinh) { FirstOpset = 9 },
        new UnaryOperator("Cosh", Math.Cosh) { FirstOpset = 9 },
        new UnaryOperator("Asinh", Math.Asinh) { FirstOpset = 9 },
        new UnaryOperator("Acosh", Math.Acosh) { FirstOpset = 9 },
        new UnaryOperator("Atanh", Math.Atanh) { FirstOpset = 9 },
        new ClipOperator { HasKernel = true },
        new PReluOperator(),
    ];

    /// <summary>The factor of a LeakyRelu's negative inputs.</summary>
    public static float LeakyReluSlope(Node node) => node.Attributes.Float("alpha", 0.01f);

    /// <summary>The line alpha * x + beta that a HardSigmoid cuts off at 0 and 1.</summary>
    public static (float Alpha, float Beta) HardSigmoidLine(Node node) =>
        (node.Attributes.Float("alpha", 0.2f), node.Attributes.Float("beta", 0.5f));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // log(1 + e^x) without overflow.
    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Gelu(double x) => 0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));

    private static double ApproximateGelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private static Func<double, double> LeakyRelu(double alpha) => x => x < 0 ? alpha * x : x;

    private static Func<double, double> ThresholdedRelu(double alpha) => x => x > alpha ? x : 0;

    private static Func<double, double> Elu(double alpha, double gamma) => x => gamma * (x < 0 ? alpha * (Math.Exp(x) - 1) : x);

    private static Func<double, double> Celu(double alpha) => x => x < 0 ? alpha * (Math.Exp(x / alpha) - 1) : x;

    private static Func<double, double> HardSigmoid((double Alpha, double Beta) line) =>
        x => Math.Clamp((line.Alpha * x) + line.Beta, 0, 1);
}
