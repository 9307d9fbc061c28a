using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.HeadTraining;
using TransferLearning.Cli.Options.NetworkTraining;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.FineTune;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Reports;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;
using TransferLearning.Tuning;
using TransferLearning.Verdicts;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>fine-tune</c>: trains a model on labeled images and saves it.</summary>
internal sealed class FineTuneVerb(CommandHost host)
{
    public const string Name = "fine-tune";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };

    private readonly Option<string?> _tuneOn = ValueOption.Text(
        "--tune-on", "A larger data set: the head trained on DATA is then tuned on it.", "DATA");

    private readonly Option<string?> _from = ValueOption.Text(
        "--from", "A saved model to continue: its backbone is used, and new classes are added.", "MODEL");

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--epochs", "Maximum number of epochs; training stops early when it no longer helps. Default: the trainer's own.", minimum: 1);

    private readonly UnfreezeOptions _unfreeze = new(resumable: true);
    private readonly BackboneOption _backbone = new();
    private readonly TrainerOption _trainer = new();
    private readonly HeadOptions _head = new();
    private readonly ModelTraining _training = new(host);

    public Command CreateCommand()
    {
        var command = new Command(Name, "Trains a classifier on labeled images and saves it as one ONNX file.")
        {
            _data, _training.Output, _tuneOn, _from,
        };
        _backbone.AddTo(command);
        _trainer.AddTo(command);
        command.Add(_epochs);
        _head.AddTo(command);
        _unfreeze.AddTo(command);
        _training.Validation.AddTo(command);
        _training.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            CheckpointFile? checkpoint =
                _unfreeze.IsGiven(parsed) ? new CheckpointFile(parsed.GetRequiredValue(_training.Output)) : null;
            return _training.RunAsync<FineTuningResult>(
                parsed,
                (common, problems) => CreatePipeline(parsed, common, checkpoint, problems),
                FasterChoice(parsed),
                result => Describe(result, checkpoint, Verdict.Of(result, _training.Given(parsed, parsed.GetRequiredValue(_data)))),
                cancellationToken);
        });
        return command;
    }

    // The network of a model that is continued, and that of ML.NET's trainer, cannot be changed.
    private string? FasterChoice(ParseResult parsed) =>
        parsed.GetValue(_from) is null && !_trainer.ChoosesBackbone(parsed) ? _backbone.FasterChoice(parsed) : null;

    private static TrainingOutcome Describe(FineTuningResult result, CheckpointFile? checkpoint, Verdict verdict)
    {
        var report = FineTuneReport.Of(result, verdict);
        var notes = Notes.Of(result.Warnings, result.ValidationImages);
        return new TrainingOutcome
        {
            Model = result.Model,
            ValidationImages = result.Validation.Images,
            Accuracy = AccuracyFigure.Of(result.Metrics),
            Canceled = result.Canceled,
            Checkpoint = checkpoint,
            Endings =
            [
                .. result.Steps.Select(s => TrainingEnd.Of(
                    $"Training on {DataName.Of(s.Data)}", s.Training.History, s.Training.BestEpoch, s.Training.Canceled)),
                result.Tuning is { } tuning
                    ? TrainingEnd.Of("Training the stages", tuning.History, tuning.BestEpoch, tuning.Canceled)
                    : null,
            ],
            SkippedImages = report.SkippedImages,
            Notes = notes,
            Verdict = verdict,
            Report = Report.Of(result, verdict),
            WriteJson = (common, weights) =>
                ReportJson.Write(common, report with { Weights = weights }, notes, static c => c.FineTuneReport),
            WriteSummary = (host, modelPath, weights) => FineTuneSummary.Write(host, report with { Weights = weights }, modelPath),
        };
    }

    private TransferPipeline<FineTuningResult>? CreatePipeline(
        ParseResult parsed, CommonSettings common, CheckpointFile? checkpoint, Problems problems)
    {
        ImageDataset? data = common.Data.OpenLabeled(parsed.GetRequiredValue(_data), problems);
        ImageDataset? larger = parsed.GetValue(_tuneOn) is { } path ? common.Data.OpenOther(path, problems) : null;
        string? from = parsed.GetValue(_from);
        Backbone? backbone = ReadBackbone(parsed, problems, from);
        IRetrainer? trainer = _trainer.Read(parsed, _backbone.Given(parsed), problems);
        if (_trainer.ChoosesBackbone(parsed))
        {
            _head.Refuse(parsed, problems, "with ML.NET's trainer");
        }
        else
        {
            trainer ??= _head.Read(parsed, problems);
        }

        Func<TransferPipeline<FineTuningResult>, TransferPipeline<FineTuningResult>> withValidation =
            _training.Validation.Read<FineTuningResult>(parsed, common.Data, problems);
        (int stages, NetworkTrainingOptions stageTraining) = _unfreeze.Read(
            parsed, checkpoint, problems, _head.ClassWeights(parsed, problems));
        if (data is null || (backbone is null && from is null))
        {
            return null;
        }

        var options = new FineTuningOptions
        {
            Epochs = parsed.GetValue(_epochs),
            UnfrozenStages = stages,
            StageTraining = stageTraining,
        };
        TransferPipeline<FineTuningResult> pipeline =
            larger is null ? TransferPipeline.FineTune(data, options) : TransferPipeline.FineTune(data, larger, options);
        pipeline = backbone is null ? pipeline : pipeline.WithBackbone(backbone);
        pipeline = from is null ? pipeline : pipeline.ContinueFrom(from);
        pipeline = trainer is null ? pipeline : pipeline.WithRetrainer(trainer);
        return _training.Apply(parsed, common, withValidation(pipeline));
    }

    /// <summary>Null where the backbone is that of the model to continue, or cannot be opened.</summary>
    private Backbone? ReadBackbone(ParseResult parsed, Problems problems, string? from)
    {
        if (from is null || _backbone.Given(parsed) is not null)
        {
            return _backbone.Read(parsed, problems);
        }

        _backbone.FileOptions.Refuse(parsed, problems, $"with {_from.Name}, whose model has its own backbone");
        return null;
    }
}
