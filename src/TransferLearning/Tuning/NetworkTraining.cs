using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Training.Checkpoints;
using TransferLearning.Runtime.Training.Lowering;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Tuning;

/// <summary>
/// Trains a network by gradient descent: epochs of steps, each over a few images; after each epoch, the held-out images decide whether it
/// is the best. The result is the same, to the bit, for any number of threads, and for a training that was stopped and continues from its
/// checkpoint. Serves one training.
/// </summary>
internal sealed class NetworkTraining : IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(0.5);

    /// <summary>A loss this many times that of guessing, or of the start, will not come back.</summary>
    private const double DivergedLoss = 4;

    private readonly NetworkTrainingTask _task;
    private readonly NetworkTrainingOptions _options;
    private readonly RetrainingContext _context;
    private readonly IProgress<NetworkTrainingProgress>? _progress;
    private readonly TrainableNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly TrainingBatch _batch;
    private readonly TrainingCheckpointFile? _checkpoint;
    private readonly BestEpoch _best;
    private readonly List<EpochProgress> _history = [];
    private NetworkSnapshot? _bestWeights;
    private EpochSums _sums;
    private double _rate;
    private double _firstLoss = double.NaN;
    private long _lastProgress;
    private string? _divergence;

    /// <param name="task">What is trained on what.</param>
    /// <param name="options">How; valid.</param>
    /// <param name="context">Seed, threads, clock, cancellation, and the progress of epochs.</param>
    /// <param name="progress">The progress within epochs; null for none.</param>
    /// <exception cref="TransferLearningException">The network cannot be trained; the message names the operator.</exception>
    public NetworkTraining(
        NetworkTrainingTask task,
        NetworkTrainingOptions options,
        RetrainingContext context,
        IProgress<NetworkTrainingProgress>? progress = null)
    {
        (_task, _options, _context, _progress) = (task, options, context, progress);
        int batchSize = Math.Min(options.BatchSize, task.Training.Length);
        try
        {
            _network = TrainableNetwork.Compile(task.Graph, new TrainableNetworkOptions
            {
                MaxImages = batchSize,
                Threads = context.ThreadCount,
                UsesBatchStatistics = options.TrainsNormalization,
                Distillation = task.Distillation,
                Seed = context.Seed,
            });
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"{task.Name} cannot be trained: {e.Message}", e);
        }

        _optimizer = CreateOptimizer();
        _average = options.WeightAveraging is null ? null : new WeightAverage(_network, RateFactorOf);
        _batch = new TrainingBatch(task, options, batchSize);
        _best = new BestEpoch(task.HeldOut.Length > 0 ? options.EarlyStopping : null);
        _checkpoint = options.Checkpoint is { } path ? new TrainingCheckpointFile(path, Identity(), context.TimeProvider) : null;
    }

    private int LastEpoch => _task.LastEpoch ?? _options.Epochs;

    private int StepsPerEpoch => EpochOrder.StepsOf(_task.Training.Length, _options.BatchSize);

    /// <summary>The weights that a checkpoint holds beside the current ones.</summary>
    private NetworkSnapshot[] Further
    {
        get
        {
            NetworkSnapshot[] averages = _average is null ? [] : [WithAverages(() => NetworkSnapshot.Of(_network))];
            return _bestWeights is null ? averages : [.. averages, _bestWeights];
        }
    }

    /// <summary>Trains. Canceled, it gives the best epoch until then, and leaves a checkpoint.</summary>
    /// <exception cref="TrainingDivergedException">The loss became infinite before an epoch ended.</exception>
    /// <exception cref="TransferLearningException">An image can no longer be read, or the checkpoint cannot be used.</exception>
    public TrainedNetwork Run()
    {
        long start = _context.TimeProvider.GetTimestamp();
        bool canceled = false;
        try
        {
            Begin();
            while (_history.Count < LastEpoch && !_best.IsPatienceSpent && _divergence is null)
            {
                RunEpoch();
            }
        }
        catch (OperationCanceledException) when (_context.CancellationToken.IsCancellationRequested)
        {
            canceled = true;
            Save();
        }

        if (_divergence is not null && _bestWeights is null)
        {
            throw new TrainingDivergedException(_divergence);
        }

        (_bestWeights ?? NetworkSnapshot.Of(_network)).Restore(_network);
        var graph = _network.ToGraph();
        return new TrainedNetwork
        {
            Graph = graph,
            BestEpoch = _best.Number,
            History = _history,
            HeldOutLogits = _task.HeldOut.Length == 0 || _best.Number == 0
                ? []
                : HeldOutEvaluation.Of(_task, graph, _context.ThreadCount, CancellationToken.None).Logits,
            LearningRate = _rate,
            Seconds = _context.TimeProvider.GetElapsedTime(start).TotalSeconds,
            Canceled = canceled,
            Divergence = _divergence,
            CheckpointProblem = _checkpoint?.Problem,
        };
    }

    public void Dispose()
    {
        _average?.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    /// <summary>Continues from the checkpoint, or writes the first one; finds the learning rate where there is none yet.</summary>
    private void Begin()
    {
        if (_options.Resumes && _checkpoint?.TryRead(_network, _optimizer) is { } state)
        {
            Continue(state);
        }
        else
        {
            _rate = _options.LearningRate ?? double.NaN;
            _checkpoint?.WriteFirst(_network, _optimizer, Further, Notes());
        }

        if (double.IsNaN(_rate))
        {
            _rate = FindRate();
            Save();
        }
    }

    private void Continue(TrainingState state)
    {
        var notes = TrainingNotes.Read(state.Notes);
        (_rate, _firstLoss, _sums) = (notes.LearningRate, notes.FirstLoss, notes.Sums);
        foreach (EpochProgress epoch in notes.History)
        {
            _history.Add(epoch);
            _best.Offer(epoch.Epoch, LossOf(epoch));
        }

        int next = 0;
        if (_average is not null)
        {
            state.Further[next++].Restore(_network);
            _average.BeginAtNetwork();
            state.Network.Restore(_network);
        }

        _bestWeights = next < state.Further.Count ? state.Further[next] : null;
    }

    private void RunEpoch()
    {
        int epoch = _history.Count;
        var order = EpochOrder.Of(_task.Training, _options.BatchSize, _context.Seed, epoch);
        long start = _context.TimeProvider.GetTimestamp();
        int before = _sums.Images;
        for (int step = (int)(_optimizer.Steps - ((long)epoch * order.Steps)); step < order.Steps; step++)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            double rate = _rate * _options.LearningRateSchedule.Factor(epoch + ((double)step / order.Steps), _options.Epochs);
            double loss = Step(order.Of(step), epoch, _optimizer, rate);
            if (HasDiverged(loss, epoch))
            {
                return;
            }

            _sums = _sums.Add(_batch.Count, loss, CountRight(order.Of(step)));
            if (_options.WeightAveraging is { } decay)
            {
                UpdateAverage(decay);
            }

            if (_checkpoint?.IsDue == true)
            {
                Save();
            }

            Report(epoch, before, start);
        }

        EndEpoch(epoch);
    }

    /// <summary>The average follows closely at first, so that the random start does not stay in it.</summary>
    private void UpdateAverage(double decay) =>
        _average!.Update(Math.Min(decay, (1.0 + _optimizer.Steps) / (10.0 + _optimizer.Steps)));

    private double Step(ReadOnlySpan<int> images, int epoch, Optimizer optimizer, double rate)
    {
        long step = optimizer.Steps;
        _batch.Load(images, epoch, EpochOrder.RandomOf(_context.Seed, step, "mixing"), _context.CancellationToken);
        double loss = _network.Differentiate(_batch.Images, _batch.Targets, _batch.Weights, step, _batch.Teacher);
        if (double.IsFinite(loss))
        {
            optimizer.Step(rate);
        }

        return loss;
    }

    private int CountRight(ReadOnlySpan<int> images)
    {
        int right = 0;
        for (int i = 0; i < images.Length; i++)
        {
            ReadOnlySpan<float> row = _network.Probabilities.Slice(i * _task.Classes, _task.Classes);
            int best = 0;
            for (int c = 1; c < row.Length; c++)
            {
                best = row[c] > row[best] ? c : best;
            }

            right += best == _task.Labels[images[i]] ? 1 : 0;
        }

        return right;
    }

    private bool HasDiverged(double loss, int epoch)
    {
        _firstLoss = double.IsNaN(_firstLoss) ? loss : _firstLoss;
        if (loss < DivergedLoss * Math.Max(_firstLoss, Math.Log(_task.Classes) + 1))
        {
            return false;
        }

        Diverge(epoch, double.IsFinite(loss) ? string.Create(CultureInfo.InvariantCulture, $"rose to {loss:0.0}") : "is NaN or infinite");
        return true;
    }

    private void Diverge(int epoch, string found) => _divergence = string.Create(
        CultureInfo.InvariantCulture,
        $"the loss of {_task.Name} {found} in epoch {epoch + 1}: the learning rate of {_rate:g2} is too high; try {_rate / 10:g2}");

    private void EndEpoch(int epoch)
    {
        HeldOutEvaluation? heldOut = null;
        if (_task.HeldOut.Length > 0)
        {
            Graph graph = WithAverages(_network.ToGraph);
            heldOut = HeldOutEvaluation.Of(_task, graph, _context.ThreadCount, _context.CancellationToken);
        }

        // Rectifiers may turn NaN into 0: the loss alone does not show weights that are NaN.
        NetworkSnapshot weights = WithAverages(() => NetworkSnapshot.Of(_network));
        if (!double.IsFinite(heldOut?.Loss ?? 0) || !weights.IsFinite)
        {
            Diverge(epoch, "is NaN or infinite");
            return;
        }

        var figures = new EpochProgress(epoch + 1, LastEpoch, _sums.MeanLoss, null, null)
        {
            TrainingAccuracy = _batch.IsMixed ? null : (double)_sums.Right / _sums.Images,
            HeldOutLoss = heldOut?.Loss,
            HeldOutAccuracy = heldOut?.Accuracy,
        };
        _history.Add(figures);
        _sums = default;
        if (_best.Offer(figures.Epoch, LossOf(figures)))
        {
            _bestWeights = weights;
        }

        Save();
        _context.Progress?.Report(figures);
    }

    /// <summary>Without held-out images, a later epoch is the better one.</summary>
    private static double LossOf(EpochProgress epoch) => epoch.HeldOutLoss ?? -epoch.Epoch;

    private T WithAverages<T>(Func<T> action)
    {
        _average?.Exchange();
        try
        {
            return action();
        }
        finally
        {
            _average?.Exchange();
        }
    }

    private double FindRate()
    {
        var start = NetworkSnapshot.Of(_network);
        using Optimizer optimizer = CreateOptimizer();
        try
        {
            return LearningRateFinder.Find((step, rate) =>
            {
                _context.CancellationToken.ThrowIfCancellationRequested();
                int epoch = step / StepsPerEpoch;
                var order = EpochOrder.Of(_task.Training, _options.BatchSize, _context.Seed, epoch);
                return Step(order.Of(step % StepsPerEpoch), epoch, optimizer, rate);
            });
        }
        finally
        {
            start.Restore(_network);
        }
    }

    private void Save() => _checkpoint?.Write(_network, _optimizer, Further, Notes());

    private TrainingNotes Notes() => new(_rate, _firstLoss, _sums, _history);

    private void Report(int epoch, int before, long start)
    {
        if (_progress is null || _context.TimeProvider.GetElapsedTime(_lastProgress) < ProgressInterval)
        {
            return;
        }

        _lastProgress = _context.TimeProvider.GetTimestamp();
        int total = _task.Training.Length;
        double speed = (_sums.Images - before) / Math.Max(1e-3, _context.TimeProvider.GetElapsedTime(start).TotalSeconds);
        long left = ((long)(LastEpoch - epoch) * total) - _sums.Images;
        _progress.Report(new NetworkTrainingProgress(
            epoch + 1, LastEpoch, _sums.Images, total, _sums.MeanLoss, speed, TimeSpan.FromSeconds(left / Math.Max(1e-3, speed))));
    }

    private Optimizer CreateOptimizer() => Optimizer.Create(_network, new OptimizerOptions
    {
        Kind = _options.Optimizer switch
        {
            NetworkOptimizer.Sgd => OptimizerKind.Sgd,
            NetworkOptimizer.AdamW => OptimizerKind.AdamW,
            var other => throw new NotSupportedException($"the optimizer {other} is not supported"),
        },
        Momentum = _options.Momentum,
        UsesNesterov = _options.UsesNesterov,
        WeightDecay = _options.WeightDecay,
        MaxGradientNorm = _options.MaxGradientNorm,
        RateFactor = RateFactorOf,
    });

    private double RateFactorOf(Parameter parameter) =>
        parameter.Kind == ParameterKind.BatchNormalization && !_options.TrainsNormalization ? 0 : _task.RateFactor(parameter.Name);

    /// <summary>All that decides the result but the weights themselves, whose names and sizes the checkpoint checks.</summary>
    private string Identity() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_task.Name}|{_task.Start}|{_task.Images.Identity}|{_task.Teacher?.Identity}|{_task.Distillation?.Describe()}|"
        + $"{_options.Describe()}|seed {_context.Seed}|last {_task.LastEpoch}|"
        + $"{string.Join(',', _task.Training)}|{string.Join(',', _task.HeldOut)}|{string.Join(',', _task.Labels)}|"
        + $"{Join(_task.Weights.Select(w => (double)w))}|{Join(_network.Parameters.Parameters.Select(RateFactorOf))}");

    private static string Join(IEnumerable<double> numbers) =>
        string.Join(',', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
}
