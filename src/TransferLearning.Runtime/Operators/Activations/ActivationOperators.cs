using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Activations;

/// <summary>Activation functions, and the elementary functions of one number.</summary>
internal static partial class ActivationOperators
{
    public static IEnumerable<Operator> All =>
    [
        new UnaryOperator("Relu", ElementFunction.Of(default(Relu))) { HasKernel = true },
        new UnaryOperator("LeakyRelu", c => ElementFunction.Of(new LeakyRelu(LeakyReluSlope(c.Node))), "alpha") { HasKernel = true },
        new UnaryOperator("ThresholdedRelu", c => ElementFunction.Of(new ThresholdedRelu(c.Attributes.Float("alpha", 1))), "alpha")
        {
            FirstOpset = 10,
        },
        new UnaryOperator("Elu", c => ElementFunction.Of(new Elu(c.Attributes.Float("alpha", 1), 1, 1)), "alpha"),
        new UnaryOperator("Celu", c => ElementFunction.Of(Celu(c.Attributes.Float("alpha", 1))), "alpha") { FirstOpset = 12 },
        new UnaryOperator(
            "Selu",
            c => ElementFunction.Of(new Elu(c.Attributes.Float("alpha", 1.6732632f), c.Attributes.Float("gamma", 1.050701f), 1)),
            "alpha",
            "gamma"),
        new UnaryOperator("Sigmoid", ElementFunction.Of(default(Sigmoid))) { HasKernel = true },
        new UnaryOperator("HardSigmoid", c => ElementFunction.Of(HardSigmoidOf(c.Node)), "alpha", "beta") { HasKernel = true },
        new UnaryOperator("HardSwish", ElementFunction.Of(default(HardSwish))) { FirstOpset = 14, HasKernel = true },
        new UnaryOperator("Softplus", ElementFunction.Of(default(Softplus))),
        new UnaryOperator("Softsign", ElementFunction.Of(default(Softsign))),
        new UnaryOperator("Shrink", c => ElementFunction.Of(ShrinkOf(c.Node)), "bias", "lambd") { FirstOpset = 9 },
        new UnaryOperator("Mish", ElementFunction.Of(default(Mish))) { FirstOpset = 18 },
        new UnaryOperator("Gelu", GeluOf, "approximate") { FirstOpset = 20, HasKernel = true },
        new UnaryOperator("Tanh", Math.Tanh) { HasKernel = true },
        new UnaryOperator("Erf", ElementFunction.Of(default(Erf))) { FirstOpset = 9, HasKernel = true },
        new UnaryOperator("Exp", ElementFunction.Of(default(Exp))),
        new UnaryOperator("Log", ElementFunction.Of(default(Log))),
        new UnaryOperator("Sqrt", ElementFunction.Of(default(Sqrt))),
        new UnaryOperator("Reciprocal", ElementFunction.Of(default(Reciprocal))),
        new UnaryOperator("Abs", ElementFunction.Of(default(Abs))),
        new UnaryOperator("Neg", ElementFunction.Of(default(Neg))),
        new UnaryOperator("Sign", x => double.IsNaN(x) ? x : Math.Sign(x)) { FirstOpset = 9 },
        new UnaryOperator("Floor", ElementFunction.Of(default(Floor))),
        new UnaryOperator("Ceil", ElementFunction.Of(default(Ceil))),
        new UnaryOperator("Round", ElementFunction.Of(default(Round))) { FirstOpset = 11 },
        new UnaryOperator("Sin", ElementFunction.Of(default(Sin))),
        new UnaryOperator("Cos", ElementFunction.Of(default(Cos))),
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

    private static ElementFunction GeluOf(OperatorCall call) => call.Choice("approximate", "none", "tanh") == "tanh"
        ? ElementFunction.Of(default(ApproximateGelu))
        : ElementFunction.Of(default(Gelu));

    private static HardSigmoid HardSigmoidOf(Node node)
    {
        (float alpha, float beta) = HardSigmoidLine(node);
        return new HardSigmoid(alpha, beta);
    }

    private static Elu Celu(float alpha) => new(alpha, 1, 1 / alpha);

    private static Shrink ShrinkOf(Node node) => new(node.Attributes.Float("lambd", 0.5f), node.Attributes.Float("bias", 0));
}
