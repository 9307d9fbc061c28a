using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.HeadTraining;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.ParallelTrain;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Reports;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>parallel-train</c>: labels a larger set with a model of a small labeled one, and trains on both.</summary>
internal sealed class ParallelTrainVerb(CommandHost host)
{
    public const string Name = "parallel-train";

    private readonly Argument<string> _small = new("SMALL") { Description = $"The small, labeled set. {DataDescription.Labeled}" };

    private readonly Option<string> _larger = new("--larger")
    {
        Description = "The larger set: a plain folder of images, or data of any kind. Labels in it only serve to check the pseudo-labels.",
        HelpName = "DATA",
        Required = true,
    };

    private readonly Option<int?> _segments = ValueOption.WholeNumber(
        "--segments", "Number of segments that the larger set is cut into. Default: 4.", minimum: 1, maximum: 64);

    private readonly Option<string?> _segmentBy = ValueOption.Text(
        "--segment-by", "The column of the larger set's manifest whose values are the segments, instead of --segments.", "COLUMN");

    private readonly Option<double?> _minConfidence = ValueOption.Fraction(
        "--min-confidence", "Minimum confidence of a pseudo-label; images below it are not trained on. Default: 0.3.");

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--epochs", "Maximum number of epochs; training stops early when it no longer helps. Default: the trainer's own.", minimum: 1);

    private readonly CombineOption _combine = new();
    private readonly BackboneOption _backbone = new();
    private readonly HeadOptions _head = new();
    private readonly ModelTraining _training = new(host);

    public Command CreateCommand()
    {
        var command = new Command(Name, "Labels a larger set with a model of a small labeled one, and trains on its segments side by side.")
        {
            _small, _larger, _training.Output, _segments, _segmentBy, _minConfidence, _epochs,
        };
        _combine.AddTo(command);
        _backbone.AddTo(command);
        _head.AddTo(command);
        _training.Validation.AddTo(command);
        _training.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            _training.RunAsync(
                parsed,
                (common, problems) => CreatePipeline(parsed, common, problems),
                _backbone.FasterChoice(parsed),
                result => Describe(result, Verdict.Of(result, _training.Given(parsed, parsed.GetRequiredValue(_small)))),
                cancellationToken));
        return command;
    }

    private static TrainingOutcome Describe(ParallelTrainingResult result, Verdict verdict)
    {
        var report = ParallelTrainReport.Of(result, verdict);
        var notes = Notes.Of(result.Warnings, report.ValidationImages);
        return new TrainingOutcome
        {
            Model = result.Model,
            ValidationImages = result.Validation.Images,
            Accuracy = AccuracyFigure.Of(result.Metrics),
            Canceled = result.Canceled,
            Endings =
            [
                TrainingEnd.Of(
                    "Training on the small set",
                    result.SmallSetTraining.History,
                    result.SmallSetTraining.BestEpoch,
                    result.SmallSetTraining.Canceled),
            ],
            SkippedImages = report.SkippedImages,
            Notes = notes,
            Verdict = verdict,
            Report = Report.Of(result, verdict),
            WriteJson = (common, weights) =>
                ReportJson.Write(common, report with { Weights = weights }, notes, static c => c.ParallelTrainReport),
            WriteSummary = (host, modelPath, weights) => ParallelTrainSummary.Write(host, report with { Weights = weights }, modelPath),
        };
    }

    private TransferPipeline<ParallelTrainingResult>? CreatePipeline(ParseResult parsed, CommonSettings common, Problems problems)
    {
        ImageDataset? small = common.Data.OpenLabeled(parsed.GetRequiredValue(_small), problems);
        ImageDataset? larger = common.Data.OpenOther(parsed.GetRequiredValue(_larger), problems);
        Backbone? backbone = _backbone.Read(parsed, problems);
        Func<TransferPipeline<ParallelTrainingResult>, TransferPipeline<ParallelTrainingResult>> withValidation =
            _training.Validation.Read<ParallelTrainingResult>(parsed, common.Data, problems);
        IRetrainer? trainer = _head.Read(parsed, problems);
        ParallelTrainingOptions options = ReadOptions(parsed, problems);
        if (small is null || larger is null || backbone is null)
        {
            return null;
        }

        TransferPipeline<ParallelTrainingResult> pipeline = withValidation(TransferPipeline.ParallelTrain(small, larger, options));
        pipeline = trainer is null ? pipeline : pipeline.WithRetrainer(trainer);
        return _training.Apply(parsed, common, pipeline.WithBackbone(backbone));
    }

    private ParallelTrainingOptions ReadOptions(ParseResult parsed, Problems problems)
    {
        var defaults = new ParallelTrainingOptions();
        if (parsed.GetValue(_segments) is not null && parsed.GetValue(_segmentBy) is not null)
        {
            problems.Add($"{_segments.Name} and {_segmentBy.Name} contradict each other: give one of them");
        }

        return defaults with
        {
            Segments = parsed.GetValue(_segments) ?? defaults.Segments,
            SegmentBy = parsed.GetValue(_segmentBy),
            Combine = _combine.Read(parsed, problems),
            MinConfidence = parsed.GetValue(_minConfidence) ?? defaults.MinConfidence,
            Epochs = parsed.GetValue(_epochs),
        };
    }
}
