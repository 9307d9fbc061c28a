namespace TransferLearning.Runtime.Steps;

/// <summary>The activation functions that have a kernel.</summary>
internal enum ActivationKind
{
    /// <summary>Between two bounds, which may be infinite: none, Relu, Relu6, Clip.</summary>
    Clamp,
    LeakyRelu,
    HardSigmoid,
    HardSwish,
    Sigmoid,
    Swish,
    Tanh,
    Erf,
    Gelu,

    /// <summary>GELU approximated by tanh.</summary>
    GeluTanh,
}
