using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators;

/// <summary>
/// What the library knows of one ONNX operator: its attributes, the types of its outputs, and how to compute it plainly. The plain
/// computation folds constants, serves the executor for rare operators, and is what the kernels are tested against.
/// Immutable; thread-safe.
/// </summary>
internal abstract class Operator(string name, int minInputs, int maxInputs, params string[] attributes)
{
    public string Name => name;

    public ImmutableArray<string> Attributes { get; } = [.. attributes];

    public int MinInputs => minInputs;

    public int MaxInputs => maxInputs;

    public int MaxOutputs { get; init; } = 1;

    /// <summary>The first version of ONNX's operator set that has the operator in a form known here.</summary>
    public int FirstOpset { get; init; } = 1;

    /// <summary>The last version of ONNX's operator set that has the operator.</summary>
    public int LastOpset { get; init; } = int.MaxValue;

    /// <summary>The types of the outputs; all input shapes are known.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public abstract ImmutableArray<TensorType> InferTypes(OperatorCall call);

    /// <summary>Computes the outputs; all input values are known.</summary>
    /// <exception cref="InvalidNetworkException">The inputs or attributes do not fit the operator.</exception>
    public abstract Tensor[] Evaluate(OperatorCall call);
}
