using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>
/// One ONNX operator: its attributes, the types of its outputs, and its reference computation, which follows the definition for every
/// shape. The reference computation folds constants, runs what has no kernel, and is what the kernels are tested against.
/// Immutable; thread-safe.
/// </summary>
internal abstract class Operator(string name, int minInputs, int maxInputs, params string[] attributes)
{
    public string Name => name;

    public ImmutableArray<string> Attributes { get; } = [.. attributes];

    public int MinInputs => minInputs;

    public int MaxInputs => maxInputs;

    public int MaxOutputs { get; init; } = 1;

    /// <summary>
    /// Whether compiled networks run the operator with a kernel where its operands suit that; without a kernel they always run
    /// <see cref="Evaluate"/>, which takes longer.
    /// </summary>
    public bool HasKernel { get; init; }

    /// <summary>
    /// An estimate of the time of <see cref="Evaluate"/> on one thread, in nanoseconds per element of the larger of inputs and outputs,
    /// besides that of multiplications. Measured values are in benchmarks/reports/operators.md.
    /// </summary>
    public virtual double NanosecondsPerElement => 4;

    /// <summary>The first version of ONNX's operator set with a form of the operator that is supported here.</summary>
    public int FirstOpset { get; init; } = 1;

    /// <summary>The last version of ONNX's operator set that has the operator.</summary>
    public int LastOpset { get; init; } = int.MaxValue;

    /// <summary>The types of the outputs; all input shapes are known.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public abstract ImmutableArray<TensorType> InferTypes(OperatorCall call);

    /// <summary>Computes the outputs by the operator's definition; all input values are known.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public abstract Tensor[] Evaluate(OperatorCall call);
}
