using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies.StageTuning;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Retrains the head on one data set; or on a small one and then, from there, on a larger one.</summary>
internal sealed class FineTuningStrategy(DataSource data, DataSource? tuneOn, FineTuningOptions options)
    : ITransferStrategy<FineTuningResult>
{
    public RetrainingDemands Demands => new() { InitialHead = tuneOn is not null };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (data.TryOpen(settings.Formats, problems) is { } first)
        {
            DataClasses.Require(first, 2, problems);
        }

        if (tuneOn?.TryOpen(settings.Formats, problems) is { } larger)
        {
            DataClasses.Require(larger, 1, problems);
        }

        settings.ValidationData?.TryOpen(settings.Formats, problems);
        options.Stages.Validate(nameof(FineTuningOptions), settings, settings.ResolveBackbone, problems);
    }

    public FineTuningResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new StrategyRun(settings, settings.ResolveBackbone(), progress, cancellationToken);
        PreparedData first = run.Prepare(run.Open(data));
        PreparedData? larger = tuneOn is null ? null : run.Prepare(run.Open(tuneOn), earlier: first);

        var training = new HeadTraining(run, options);
        IReadOnlyList<FineTuningStep> steps = larger is null ? [training.Train(first.Rows)] : training.Train(first.Rows, larger.Rows);

        FineTuningStep last = steps[^1];
        IReadOnlyList<string> classes = last.Metrics.ClassNames;
        PreparedData evaluatedOn = larger ?? first;
        ImageDataset trainImages = larger is null
            ? first.TrainImages
            : ImageDataset.FromImages(first.TrainImages.Images.Concat(larger.TrainImages.Images));
        PreparedData learned = larger is null ? first : HeadTraining.WithMissingClasses(larger, first, [.. classes]);
        var evaluated = new EvaluatedHead
        {
            Head = new CombinedHead(last.Training.Head),
            Metrics = last.MetricsOnLarger ?? last.Metrics,
            Validation = HeadClasses.Expand(evaluatedOn.Rows.Validation, classes),
            ValidationImages = evaluatedOn.ValidationImages,
            HeldOut = HeadCalibration.Label(last.Training.HeldOut, learned.Rows.Train),
            Known = learned.Rows,
        };
        StageTuningResult? tuning = null;
        if (options.UnfrozenStages > 0 && !last.Training.Canceled)
        {
            LinearHead? start = larger is null ? null : HeadClasses.Expand(steps[0].Training.Head, first.Rows.Train.ClassNames, classes);
            (evaluated, tuning) = training.TuneStages(evaluated, learned, start);
        }

        CompletedModel completed = run.Complete(
            evaluated,
            options.FalseRejectRate,
            new ModelFacts("fine-tuning", trainImages.Count).TrainedOn(trainImages).Add(last.Training).Add(tuning));
        return FineTuningResult.Of(completed, steps, trainImages, run.Extraction).With(tuning, options);
    }
}
