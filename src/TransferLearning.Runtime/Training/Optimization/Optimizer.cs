using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>
/// Changes the parameters of a network by their gradients, on the network's threads. Its state is one or more arrays as long as the
/// parameters, and the number of steps. Used by one caller at a time.
/// </summary>
internal abstract unsafe class Optimizer : IDisposable
{
    private readonly TrainableNetwork _network;
    private readonly ParameterRange[] _ranges;
    private readonly double[] _squares;
    private readonly TrainingPhase[] _measure;
    private readonly TrainingPhase[] _update;
    private readonly AlignedMemory[] _state;

    /// <param name="network">The network.</param>
    /// <param name="options">How it learns.</param>
    /// <param name="arrays">The number of arrays of state.</param>
    protected Optimizer(TrainableNetwork network, OptimizerOptions options, int arrays)
    {
        (_network, Options) = (network, options);
        _ranges = ParameterRange.Of(network.Parameters, options.RateFactor ?? (static _ => 1));
        _squares = new double[_ranges.Length];
        _state = [.. Enumerable.Range(0, arrays).Select(_ => new AlignedMemory(network.Parameters.Length))];
        _measure = [new TrainingPhase("norm of the gradient", _ => _ranges.Length, Measure)];
        _update = [new TrainingPhase("update", _ => _ranges.Length, Update)];
    }

    /// <summary>The number of steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The norm of the last step's gradient, before it was clipped; NaN where it is not clipped.</summary>
    public double GradientNorm { get; private set; } = double.NaN;

    /// <summary>The state: arrays as long as the parameters, in their order.</summary>
    public IReadOnlyList<AlignedMemory> State => _state;

    protected OptimizerOptions Options { get; }

    /// <summary>The learning rate of the current step.</summary>
    protected double Rate { get; private set; }

    /// <summary>What gradients are multiplied by in the current step.</summary>
    protected float GradientScale { get; private set; } = 1;

    private ParameterSet Parameters => _network.Parameters;

    public static Optimizer Create(TrainableNetwork network, OptimizerOptions options) => options.Kind switch
    {
        OptimizerKind.Sgd => new SgdOptimizer(network, options),
        OptimizerKind.AdamW => new AdamWOptimizer(network, options),
        var other => throw new ArgumentOutOfRangeException(nameof(options), other, "there is no such optimizer"),
    };

    /// <summary>Changes the parameters by the gradients of the network's last step.</summary>
    public void Step(double rate)
    {
        (Rate, GradientScale) = (rate, 1);
        if (Options.MaxGradientNorm is { } max)
        {
            _network.Run(_measure);
            double sum = 0;
            foreach (double square in _squares)
            {
                sum += square;
            }

            GradientNorm = Math.Sqrt(sum);
            GradientScale = (float)Math.Min(1, max / (GradientNorm + 1e-6));
        }

        Steps++;
        _network.Run(_update);
    }

    /// <summary>The state in the order of the graph: all arrays of the first parameter, then all of the second.</summary>
    public IReadOnlyList<float[]> CopyState() =>
        [.. Parameters.Parameters.SelectMany(p => _state.Select(s => p.ToTensor(s.Pointer + p.Offset).Floats.ToArray()))];

    /// <summary>Continues after a number of steps.</summary>
    /// <param name="steps">The number of steps.</param>
    /// <param name="state">The state after them, as <see cref="CopyState"/> gives it.</param>
    public void Resume(long steps, IReadOnlyList<float[]> state)
    {
        Steps = steps;
        int next = 0;
        foreach (Parameter parameter in Parameters.Parameters)
        {
            foreach (AlignedMemory array in _state)
            {
                parameter.Load(state[next++], array.Pointer + parameter.Offset);
            }
        }
    }

    public void Dispose()
    {
        foreach (AlignedMemory memory in _state)
        {
            memory.Dispose();
        }
    }

    /// <summary>Changes the values of one range.</summary>
    protected abstract void Update(ParameterRange range, float* values, float* gradients);

    protected float* StateAt(int array, ParameterRange range) => _state[array].Pointer + range.Offset;

    private void Measure(int item, TrainingWorkspace workspace) => _squares[item] =
        OptimizerKernels.SumOfSquares(Parameters.Gradients + _ranges[item].Offset, _ranges[item].Length);

    private void Update(int item, TrainingWorkspace workspace) => Update(
        _ranges[item], Parameters.Values + _ranges[item].Offset, Parameters.Gradients + _ranges[item].Offset);
}
