using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>Retrains the head on one data set; or on a small one and then, from there, on a larger one.</summary>
internal sealed class FineTuningStrategy(DataSource data, DataSource? tuneOn, FineTuningOptions options) : IFineTuning
{
    public RetrainingDemands Demands => new() { InitialHead = tuneOn is not null };

    public void Validate(TransferSettings settings, List<string> problems)
    {
        options.Validate(problems);
        if (data.TryOpen(settings.Formats, problems) is { } first && DataPreparation.ClassesOf(first) is { Length: < 2 } classes)
        {
            problems.Add(classes.Length == 0
                ? $"'{first.Name}' has no labeled image: expected a folder with a folder a class, or a manifest with labels"
                : $"'{first.Name}' has only one class, '{classes[0]}': expected at least two, a folder each");
        }

        if (tuneOn?.TryOpen(settings.Formats, problems) is { } larger && DataPreparation.ClassesOf(larger).Length == 0)
        {
            problems.Add($"'{larger.Name}' has no labeled image: expected a folder with a folder a class, or a manifest with labels");
        }

        settings.ValidationData?.TryOpen(settings.Formats, problems);
    }

    public FineTuningResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        Backbone backbone = settings.ResolveBackbone();
        var log = new ExtractionLog();
        var preparation = new DataPreparation(settings, backbone, log, progress, cancellationToken);
        Extraction? validation = settings.ValidationData is { } given ? preparation.Extract(given.Open(settings.Formats)) : null;
        PreparedData first = preparation.Prepare(data.Open(settings.Formats), validation);
        PreparedData? larger = tuneOn is null ? null : preparation.Prepare(tuneOn.Open(settings.Formats), validation);

        var training = new HeadTraining(settings, options, progress, cancellationToken);
        IReadOnlyList<FineTuningStep> steps =
            larger is null ? [training.Train(first.Rows)] : training.Train(first.Rows, larger.Rows);
        IReadOnlyList<string> classes = steps[^1].Metrics.ClassNames;
        LabeledBottlenecks judging = HeadClasses.Expand((larger ?? first).Rows.Validation, classes);
        return new FineTuningCompletion(settings, options, backbone, log).Complete(
            steps,
            steps[^1].MetricsOnLarger ?? steps[^1].Metrics,
            judging,
            judging,
            larger is null ? first.Rows : HeadTraining.WithMissingClasses(larger.Rows, first.Rows, [.. classes]),
            larger is null ? first.TrainImages : ImageDataset.FromImages(first.TrainImages.Images.Concat(larger.TrainImages.Images)),
            (larger ?? first).ValidationImages);
    }

    public IFineTuning From(ModelSource model) => new ContinuedFineTuningStrategy(data, tuneOn, options, model);
}
