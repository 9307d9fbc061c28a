using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>
/// An exponential moving average of a network's parameters (Polyak and Juditsky, 1992), whose weights are often better than the last ones.
/// </summary>
internal sealed unsafe class WeightAverage : IDisposable
{
    private readonly TrainableNetwork _network;
    private readonly ParameterRange[] _ranges;
    private readonly AlignedMemory _average;
    private readonly TrainingPhase[] _phases;
    private float _share;

    /// <param name="network">The network.</param>
    /// <param name="rateFactor">The optimizer's: the average of a parameter that does not learn is the parameter, without rounding.</param>
    public WeightAverage(TrainableNetwork network, Func<Parameter, double> rateFactor)
    {
        _network = network;
        _ranges = ParameterRange.Of(network.Parameters, rateFactor);
        _average = new AlignedMemory(network.Parameters.Length);
        _phases = [new TrainingPhase("average", _ => _ranges.Length, Move)];
        BeginAtNetwork();
    }

    /// <summary>The averages, in the order of the parameters.</summary>
    public AlignedMemory Values => _average;

    /// <summary>Moves the average towards the parameters as they are now.</summary>
    /// <param name="decay">The share of the average that remains, such as .999.</param>
    public void Update(double decay)
    {
        _share = (float)(1 - decay);
        _network.Run(_phases);
    }

    /// <summary>Exchanges the averages and the network's parameters, to evaluate or save the averages.</summary>
    public void Exchange()
    {
        float* values = _network.Parameters.Values, average = _average.Pointer;
        for (long i = 0; i < _average.Length; i++)
        {
            (values[i], average[i]) = (average[i], values[i]);
        }
    }

    /// <summary>Makes the parameters as they are now the averages.</summary>
    public void BeginAtNetwork() =>
        new ReadOnlySpan<float>(_network.Parameters.Values, checked((int)_average.Length)).CopyTo(_average.Span);

    public void Dispose() => _average.Dispose();

    private void Move(int item, TrainingWorkspace workspace)
    {
        ParameterRange range = _ranges[item];
        float* average = _average.Pointer + range.Offset, values = _network.Parameters.Values + range.Offset;
        Elementwise.Scale(average, range.Length, 1 - _share);
        Elementwise.AddScaled(values, average, range.Length, _share);
    }
}
