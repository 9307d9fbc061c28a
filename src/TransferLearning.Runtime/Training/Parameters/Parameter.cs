using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>
/// An array of the network that training changes: a part of the memory of a <see cref="ParameterSet"/>, in the order of the kernels that
/// use it. Optimizers treat its elements one by one, whatever their order; padding stays 0.
/// </summary>
internal sealed unsafe class Parameter
{
    private readonly ParameterSet _set;
    private readonly Tensor _initial;

    public Parameter(ParameterSet set, string name, ParameterKind kind, Tensor initial, IParameterOrder order, long offset)
    {
        (_set, Name, Kind, _initial, Order, Offset) = (set, name, kind, initial, order, offset);
    }

    /// <summary>The name of the graph's initializer.</summary>
    public string Name { get; }

    public ParameterKind Kind { get; }

    public IParameterOrder Order { get; }

    /// <summary>The offset in the set's memory, in floats.</summary>
    public long Offset { get; }

    /// <summary>The number of values in the set's memory, padding included.</summary>
    public long Length => Order.Length;

    /// <summary>The number of values of the graph's initializer.</summary>
    public int Count => _initial.Length;

    public float* Values => _set.Values + Offset;

    public float* Gradient => _set.Gradients + Offset;

    /// <summary>Copies the initial values to the set's memory.</summary>
    public void Initialize() => Order.Pack(_initial.Floats, Values);

    /// <summary>Copies values in the graph's order to an array in this parameter's order, whose padding stays as it is.</summary>
    public void Load(ReadOnlySpan<float> values, float* packed) => Order.Pack(values, packed);

    /// <summary>The values as the graph's initializer has them.</summary>
    public Tensor ToTensor() => ToTensor(Values);

    /// <summary>The gradient in the order of the graph's initializer.</summary>
    public Tensor GradientToTensor() => ToTensor(Gradient);

    /// <summary>An array in this parameter's order, such as an optimizer's, in that of the graph's initializer.</summary>
    public Tensor ToTensor(float* packed)
    {
        float[] values = new float[_initial.Length];
        Order.Unpack(packed, values);
        return Tensor.Create(_initial.Shape, values);
    }
}
