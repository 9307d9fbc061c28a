namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>The activation functions of networks, and elementary functions.</summary>
internal static class ActivationOperators
{
    public static IEnumerable<Operator> All =>
    [
        new UnaryOperator("Relu", x => x < 0 ? 0 : x),
        new UnaryOperator("LeakyRelu", a => LeakyRelu(a.Float("alpha", 0.01f)), "alpha"),
        new UnaryOperator("ThresholdedRelu", a => ThresholdedRelu(a.Float("alpha", 1)), "alpha") { FirstOpset = 10 },
        new UnaryOperator("Elu", a => Elu(a.Float("alpha", 1), 1), "alpha"),
        new UnaryOperator("Celu", a => Celu(a.Float("alpha", 1)), "alpha") { FirstOpset = 12 },
        new UnaryOperator("Selu", a => Elu(a.Float("alpha", 1.6732632f), a.Float("gamma", 1.050701f)), "alpha", "gamma"),
        new UnaryOperator("Sigmoid", Sigmoid),
        new UnaryOperator("HardSigmoid", a => HardSigmoid(a.Float("alpha", 0.2f), a.Float("beta", 0.5f)), "alpha", "beta"),
        new UnaryOperator("HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1)) { FirstOpset = 14 },
        new UnaryOperator("Softplus", Softplus),
        new UnaryOperator("Softsign", x => x / (1 + Math.Abs(x))),
        new UnaryOperator("Mish", x => x * Math.Tanh(Softplus(x))) { FirstOpset = 18 },
        new UnaryOperator("Gelu", a => a.Text("approximate", "none") == "tanh" ? ApproximateGelu : Gelu, "approximate") { FirstOpset = 20 },
        new UnaryOperator("Tanh", Math.Tanh),
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
        new ClipOperator(),
        new PReluOperator(),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // log(1 + e^x) without overflow.
    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    private static double Gelu(double x) => 0.5 * x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));

    private static double ApproximateGelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private static Func<double, double> LeakyRelu(double alpha) => x => x < 0 ? alpha * x : x;

    private static Func<double, double> ThresholdedRelu(double alpha) => x => x > alpha ? x : 0;

    private static Func<double, double> Elu(double alpha, double gamma) => x => gamma * (x < 0 ? alpha * (Math.Exp(x) - 1) : x);

    private static Func<double, double> Celu(double alpha) => x => x < 0 ? alpha * (Math.Exp(x / alpha) - 1) : x;

    private static Func<double, double> HardSigmoid(double alpha, double beta) => x => Math.Clamp((alpha * x) + beta, 0, 1);
}
