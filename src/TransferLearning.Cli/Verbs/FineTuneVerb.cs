using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Data;
using TransferLearning.Retraining;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>fine-tune</c>: from labelled images to a model file.</summary>
internal sealed class FineTuneVerb(CommandHost host)
{
    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labelled };

    private readonly Option<string?> _tuneOn = ValueOption.Text(
        "--tune-on", "A larger data set, on which the head trained on DATA is then tuned.", "DATA");

    private readonly Option<string?> _from = ValueOption.Text(
        "--from", "A saved model to go on training, with its own backbone; new classes are added.", "MODEL");

    private readonly Option<int?> _epochs = ValueOption.WholeNumber(
        "--epochs", "The largest number of epochs; training ends before where it no longer helps. Default: the trainer's own.", minimum: 1);

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The model file to write.",
        HelpName = "model.onnx",
        Required = true,
    };

    private readonly BackboneOption _backbone = new();
    private readonly EngineOption _engine = new();
    private readonly ValidationOption _validation = new();
    private readonly GateOption _gate = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command("fine-tune", "Trains a classifier on labelled images and saves it as one ONNX file.")
        {
            _data, _output, _tuneOn, _from,
        };
        _backbone.AddTo(command);
        _engine.AddTo(command);
        command.Add(_epochs);
        _validation.AddTo(command);
        _gate.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? output = problems.Collect(() => OutputFile.At(parsed.GetRequiredValue(_output), _output.Name));
        TransferPipeline<FineTuningResult>? pipeline = CreatePipeline(parsed, common, problems);
        problems.ThrowIfAny();

        FineTuningResult result = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => pipeline!.FitAsync(TransferStages.On(display), cancellationToken)).ConfigureAwait(false);
        using (result.Model)
        {
            output!.Write(result.Model.Save);
        }

        FineTuneReport report = FineTuneReport.Of(result);
        Warnings.Write(host.Error, report.SkippedImages, result.Warnings);
        ReportJson.Write(common.Json, report, ReportJson.Default.FineTuneReport);
        if (!common.IsQuiet)
        {
            FineTuneSummary.Write(host, report, output.Path);
        }

        if (result.Cancelled)
        {
            await host.Error.WriteLineAsync($"transfer: cancelled; the best model so far is in '{output.Path}'").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }

        return _gate.Check(parsed, report.Accuracy, host.Error);
    }

    private TransferPipeline<FineTuningResult>? CreatePipeline(ParseResult parsed, CommonSettings common, Problems problems)
    {
        ImageDataset? data = problems.Collect(() => ImageDataset.Open(parsed.GetRequiredValue(_data)));
        ImageDataset? larger = parsed.GetValue(_tuneOn) is { } path ? problems.Collect(() => ImageDataset.Open(path)) : null;
        string? from = parsed.GetValue(_from);
        Backbone? backbone = from is not null && _backbone.Given(parsed) is null ? null : _backbone.Read(parsed, problems);
        IRetrainer? engine = _engine.Read(parsed, _backbone.Given(parsed), problems);
        Func<TransferPipeline<FineTuningResult>, TransferPipeline<FineTuningResult>> withValidation =
            _validation.Read<FineTuningResult>(parsed, problems);
        if (data is null || (backbone is null && from is null))
        {
            return null;
        }

        var options = new FineTuningOptions { Epochs = parsed.GetValue(_epochs) };
        TransferPipeline<FineTuningResult> pipeline =
            larger is null ? TransferPipeline.FineTune(data, options) : TransferPipeline.FineTune(data, larger, options);
        pipeline = backbone is null ? pipeline : pipeline.WithBackbone(backbone);
        pipeline = from is null ? pipeline : pipeline.ContinueFrom(from);
        pipeline = engine is null ? pipeline : pipeline.WithRetrainer(engine);

        // ML.NET's trainer refuses a seed; the embedded engine has one in any case.
        pipeline = common.GivenSeed is { } seed ? pipeline.WithSeed(seed) : pipeline;
        pipeline = withValidation(pipeline)
            .WithThreads(common.Threads)
            .WithTimeProvider(host.Time);
        return common.OpenCache() is { } cache ? pipeline.WithBottleneckCache(cache) : pipeline.WithoutBottleneckCache();
    }
}
