using System.Diagnostics;
using TransferLearning.Heads.Objective;
using TransferLearning.Numerics;

namespace TransferLearning.Heads.Optimization;

/// <summary>Trains a head by steps over shuffled batches, with Nesterov's momentum or Adam. Not thread-safe.</summary>
internal sealed class BatchOptimization : HeadOptimization
{
    // The defaults of Kingma and Ba.
    private const double AdamMean = 0.9;
    private const double AdamSquare = 0.999;
    private const double AdamFloor = 1e-8;

    private readonly SoftmaxObjective _objective;
    private readonly L2Penalty _penalty;
    private readonly SoftmaxRetrainerOptions _options;
    private readonly Random _random;
    private readonly int _epochs;
    private readonly int[] _rows;
    private readonly double _weight;
    private readonly double[] _point;
    private readonly double[] _gradient;
    private readonly double[] _velocity;
    private readonly double[] _square;
    private int _epoch;
    private int _steps;

    /// <param name="objective">The sum of losses.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="weight">The sum of their weights.</param>
    /// <param name="penalty">The L2 penalty.</param>
    /// <param name="start">The parameters to start from; they are not changed.</param>
    /// <param name="options">Optimizer, batch size, learning rate and schedule.</param>
    /// <param name="epochs">The number of epochs, for the schedule.</param>
    /// <param name="seed">The seed of the shuffling.</param>
    public BatchOptimization(
        SoftmaxObjective objective,
        int[] rows,
        double weight,
        L2Penalty penalty,
        HeadParameters start,
        SoftmaxRetrainerOptions options,
        int epochs,
        int seed)
    {
        (_objective, _rows, _weight, _penalty) = (objective, [.. rows], weight, penalty);
        (_options, _epochs, _random) = (options, epochs, new Random(seed));
        Parameters = start.Clone();
        (_point, _gradient, _velocity) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        _square = options.Optimizer == HeadOptimizer.Adam ? new double[start.Length] : [];
        start.CopyTo(_point);
        HeadLoss loss = objective.Evaluate(Parameters, rows);
        (TrainingLoss, TrainingAccuracy) = (loss.Mean, loss.Accuracy);
        Objective = TrainingLoss + (penalty.Value(Parameters) / weight);
    }

    public override HeadParameters Parameters { get; }

    public override bool RunEpoch()
    {
        _random.Shuffle(_rows);
        var sum = default(HeadLoss);
        for (int start = 0; start < _rows.Length; start += _options.BatchSize)
        {
            ReadOnlySpan<int> batch = _rows.AsSpan(start, Math.Min(_options.BatchSize, _rows.Length - start));
            HeadLoss loss = _objective.Evaluate(Parameters, batch, _gradient);
            sum = sum.Add(loss);
            DenseVector.Scale(_gradient, 1 / loss.Weight);
            _penalty.AddGradient(Parameters, 1 / _weight, _gradient);
            Step(_options.LearningRateSchedule.Factor(_epoch + ((double)start / _rows.Length), _epochs));
            Parameters.CopyFrom(_point);
        }

        _epoch++;

        // The mean over the epoch's batches lags behind the weights by half an epoch, but costs nothing.
        (TrainingLoss, TrainingAccuracy) = (sum.Mean, sum.Accuracy);
        Objective = TrainingLoss + (_penalty.Value(Parameters) / _weight);
        return true;
    }

    private void Step(double factor)
    {
        _steps++;
        switch (_options.Optimizer)
        {
            case HeadOptimizer.Adam:
                StepAdam(factor * (_options.LearningRate ?? 0.001));
                break;
            case HeadOptimizer.Nesterov:
                StepNesterov(factor * (_options.LearningRate ?? 0.01), _options.Momentum);
                break;
            default:
                throw new UnreachableException($"{_options.Optimizer} does not step over batches");
        }
    }

    private void StepNesterov(double rate, double momentum)
    {
        for (int i = 0; i < _point.Length; i++)
        {
            _velocity[i] = (momentum * _velocity[i]) + _gradient[i];
            _point[i] -= rate * (_gradient[i] + (momentum * _velocity[i]));
        }
    }

    private void StepAdam(double rate)
    {
        double mean = 1 - Math.Pow(AdamMean, _steps), square = 1 - Math.Pow(AdamSquare, _steps);
        for (int i = 0; i < _point.Length; i++)
        {
            double gradient = _gradient[i];
            _velocity[i] = (AdamMean * _velocity[i]) + ((1 - AdamMean) * gradient);
            _square[i] = (AdamSquare * _square[i]) + ((1 - AdamSquare) * gradient * gradient);
            _point[i] -= rate * (_velocity[i] / mean) / (Math.Sqrt(_square[i] / square) + AdamFloor);
        }
    }
}
