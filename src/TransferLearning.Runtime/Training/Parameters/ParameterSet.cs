using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>All parameters of a network in one block of memory, and their gradients in another.</summary>
internal sealed unsafe class ParameterSet : IDisposable
{
    /// <summary>Parameters begin at cache lines.</summary>
    private const int Alignment = 16;

    private readonly List<Parameter> _parameters = [];
    private AlignedMemory? _values;
    private AlignedMemory? _gradients;

    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The floats of all parameters, with their padding.</summary>
    public long Length { get; private set; }

    public float* Values => Allocated(_values).Pointer;

    public float* Gradients => Allocated(_gradients).Pointer;

    /// <summary>Adds a parameter, before <see cref="Allocate"/>.</summary>
    /// <exception cref="InvalidNetworkException">The graph uses the same initializer twice.</exception>
    public Parameter Add(string name, ParameterKind kind, Tensor initial, IParameterOrder order)
    {
        if (_parameters.Any(p => p.Name == name))
        {
            throw new InvalidNetworkException(
                $"several nodes share the weights '{name}', which training does not support: export the network with separate weights");
        }

        var parameter = new Parameter(this, name, kind, initial, order, Length);
        _parameters.Add(parameter);
        Length += (order.Length + Alignment - 1) / Alignment * Alignment;
        return parameter;
    }

    /// <summary>Allocates the memory and copies the initial values to it.</summary>
    public void Allocate()
    {
        _values = new AlignedMemory(Length);
        _gradients = new AlignedMemory(Length);
        foreach (Parameter parameter in _parameters)
        {
            parameter.Initialize();
        }
    }

    public void Dispose()
    {
        _values?.Dispose();
        _gradients?.Dispose();
    }

    private static AlignedMemory Allocated(AlignedMemory? memory) =>
        memory ?? throw new InvalidOperationException("the memory of the parameters is not yet allocated");
}
