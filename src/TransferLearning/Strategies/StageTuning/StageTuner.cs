using System.Runtime.InteropServices;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;
using TransferLearning.Imaging;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Tuning;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>
/// Trains the last stages of the network together with a head. A part of the training images is held out: it chooses the epoch, and between
/// the tuned stages and the head alone. Then the stages are trained anew on all training images, for as many epochs. Serves one run, whose
/// images run through the lower stages once, whatever the number of trainings.
/// </summary>
internal sealed class StageTuner : IDisposable
{
    private readonly StrategyRun _run;
    private readonly NetworkTrainingOptions _options;
    private readonly ImageDataset _images;
    private readonly TunableNetwork _network;
    private readonly BoundaryMaps? _maps;
    private readonly ITrainingImages _inputs;
    private readonly BoundaryStorage _storage;
    private readonly List<string> _warnings = [];
    private double _secondsFilling;

    /// <param name="run">The run, after its images were extracted.</param>
    /// <param name="settings">Which stages, and how; valid, with at least one stage.</param>
    /// <param name="images">All images that are trained on.</param>
    public StageTuner(StrategyRun run, StageTuningSettings settings, ImageDataset images)
    {
        (_run, _options, _images) = (run, settings.Training, images);
        _network = TunableNetwork.Of(run.Backbone, settings.Stages);
        var viewed = new ViewedImages(
            images, run.Backbone.Preprocessing, run.Settings.Augmentation?.Policy ?? ImageAugmentation.None);
        if (_network.Lower is null)
        {
            (_inputs, _storage) = (new PixelImages(viewed, run.Threads), new BoundaryStorage(null, 0, null));
            return;
        }

        int views = run.Settings.Augmentation?.Views ?? 0;
        _maps = new BoundaryMaps(viewed, _network, run.Backbone, views, run.Settings.Cache, run.Threads, run.Settings.TimeProvider);
        (_inputs, _storage) = (_maps, _maps.Storage);
    }

    private bool IsCanceled => _run.Context.CancellationToken.IsCancellationRequested;

    /// <summary>Runs all images through the lower stages, where the results are kept.</summary>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public void Fill()
    {
        if (_maps is null)
        {
            return;
        }

        long start = _run.Settings.TimeProvider.GetTimestamp();
        _run.ReportPlan(_images.Name, new StageTuningPlan(
            _network.Stages, _network.StageCount, _maps.Count, _storage.Bytes, _storage.Reason));
        _warnings.AddRange(_maps.Fill(_run.ExtractionProgress(_images.Name), _run.Context.CancellationToken));
        _secondsFilling = _run.Settings.TimeProvider.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Trains the stages on some of the images.</summary>
    /// <param name="data">[images]: the features and labels of all images.</param>
    /// <param name="rows">The images to learn from.</param>
    /// <param name="groups">[images]: equal for images that must stay together.</param>
    /// <param name="head">The head that was trained on the features of these rows.</param>
    /// <param name="headMetrics">How it does on the validation images.</param>
    /// <param name="trainHead">Trains a head in the same way on the features of other rows.</param>
    /// <returns>The better of the tuned stages and the head alone; null where the run was canceled before their training.</returns>
    /// <exception cref="TransferLearningException">An image can no longer be read, or the checkpoint cannot be used.</exception>
    public TunedStages? Tune(
        LabeledBottlenecks data,
        int[] rows,
        int[] groups,
        LinearHead head,
        ClassificationMetrics headMetrics,
        Func<int[], LinearHead> trainHead)
    {
        long began = _run.Settings.TimeProvider.GetTimestamp();
        (int[] training, int[] heldOut) = Divide(data, rows, groups);
        LinearHead alone = trainHead(training);
        if (IsCanceled)
        {
            // A checkpoint must not begin with a head whose training was canceled.
            return null;
        }

        int[] labels = [.. heldOut.Select(r => data.Labels[r])];
        float[] logitsOfHead = HeadPrediction.Logits(alone, data.Bottlenecks.Select(heldOut), _run.Threads);
        var ofHead = HeldOutEvaluation.Of(logitsOfHead, labels);

        var notes = new List<string>();
        RemoveStaleCheckpoint();
        TrainedNetwork? chosen = TryTrain(data, training, heldOut, alone, lastEpoch: null, notes);
        HeldOutEvaluation? ofTuned = chosen is { BestEpoch: > 0 } ? HeldOutEvaluation.Of(chosen.HeldOutLogits, labels) : null;
        bool isKept = ofTuned is not null && ofTuned.Loss < ofHead.Loss;
        TrainedNetwork? onAll = isKept && !chosen!.Canceled ? TryTrain(data, rows, [], head, chosen.BestEpoch, notes) : null;
        TrainedNetwork? final = onAll is { Canceled: false, Divergence: null } ? onAll : chosen;
        (Backbone backbone, LinearHead tunedHead) = isKept ? _network.Join(final!.Graph) : (_run.Backbone, head);
        if (!isKept)
        {
            notes.Add(NotKept(ofTuned));
        }

        var result = new StageTuningResult
        {
            Stages = _network.Stages,
            NetworkStages = _network.StageCount,
            IsKept = isKept,
            HeldOutImages = heldOut.Length,
            HeadAccuracy = ofHead.Accuracy,
            HeadLoss = ofHead.Loss,
            TunedAccuracy = ofTuned?.Accuracy ?? double.NaN,
            TunedLoss = ofTuned?.Loss ?? double.NaN,
            HeadMetrics = headMetrics,
            History = chosen?.History ?? [],
            BestEpoch = chosen?.BestEpoch ?? 0,
            LearningRate = chosen?.LearningRate ?? _options.LearningRate ?? double.NaN,
            MapBytes = _storage.Bytes,
            MapsNotKept = _storage.Reason,
            Seconds = _secondsFilling + _run.Settings.TimeProvider.GetElapsedTime(began).TotalSeconds,
            IsOfAllImages = onAll is not null && ReferenceEquals(final, onAll),
            Canceled = IsCanceled,
            Warnings = [.. _warnings, .. notes],
        };
        _secondsFilling = 0;
        float[] logits = isKept ? chosen!.HeldOutLogits : logitsOfHead;
        return new TunedStages(result, backbone, tunedHead, new LabeledLogits([logits], labels));
    }

    public void Dispose() => _maps?.Dispose();

    /// <summary>The same for the same head: another one would lead to another network.</summary>
    private static ContentKey KeyOf(LinearHead head) =>
        ContentKey.Of([.. MemoryMarshal.AsBytes(head.Weights), .. MemoryMarshal.AsBytes(head.Bias)]);

    private static string NotKept(HeldOutEvaluation? tuned) => tuned is null
        ? "the training of the stages ended before its first epoch did: the model has the head alone"
        : "the head alone does better on the images held out from the training images than the tuned stages: the model has the head alone";

    private HeldOutDivision Divide(LabeledBottlenecks data, int[] rows, int[] groups) =>
        HeldOutDivision.TryOf(rows, data.Labels, groups, _options.HeldOutFraction, _run.Settings.Seed)
        ?? throw new TransferLearningException(
            $"the {rows.Length} training images of '{_images.Name}' are too few to hold some of them out, which choose the epoch: give "
            + "more images, or unfreeze no stages");

    /// <summary>
    /// Removes the checkpoint of the training on all images where there is none of the training before it: it is of a run that somebody
    /// began anew.
    /// </summary>
    private void RemoveStaleCheckpoint()
    {
        if (_options.Checkpoint is { } path && !File.Exists(path))
        {
            _options.RemoveCheckpoint();
        }
    }

    /// <summary>Trains the stages; null, with the reason noted, where the first epoch diverges.</summary>
    private TrainedNetwork? TryTrain(
        LabeledBottlenecks data, int[] training, int[] heldOut, LinearHead head, int? lastEpoch, List<string> notes)
    {
        try
        {
            TrainedNetwork trained = Train(data, training, heldOut, head, lastEpoch);
            notes.AddRange(new[] { trained.Divergence, trained.CheckpointProblem }.OfType<string>());
            return trained;
        }
        catch (TrainingDivergedException e)
        {
            notes.Add(e.Message);
            return null;
        }
    }

    private TrainedNetwork Train(LabeledBottlenecks data, int[] training, int[] heldOut, LinearHead head, int? lastEpoch)
    {
        Graph tail = _network.Tail(head);
        var task = new NetworkTrainingTask
        {
            Name = _network.Name,
            Graph = tail,
            Start = $"{_run.Backbone.Fingerprint} {KeyOf(head)}",
            Images = _inputs,
            Labels = [.. data.Labels],
            Classes = data.ClassNames.Count,
            Weights = _options.ClassWeights.RowWeights(data),
            Training = training,
            HeldOut = heldOut,
            RateFactor = _network.RateFactors(tail, _options.LowerStageRate),
            LastEpoch = lastEpoch,
        };
        NetworkTrainingOptions options = lastEpoch is null || _options.Checkpoint is not { } path
            ? _options
            : _options with { Checkpoint = NetworkTrainingOptions.FinalCheckpoint(path) };
        using var networkTraining = new NetworkTraining(
            task, options, _run.Context with { Progress = _run.EpochProgress(_images.Name) }, _run.NetworkProgress(_images.Name));
        return networkTraining.Run();
    }
}
