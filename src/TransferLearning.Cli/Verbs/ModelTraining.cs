using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Commands;
using TransferLearning.Cli.Options.ModelFile;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Cli.Reports.Verdicts;
using TransferLearning.Cli.Verbs.Runs;
using TransferLearning.Models;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Cli.Verbs;

/// <summary>
/// The part that all verbs that train a model share: their common options, and running a pipeline from fitting to the exit code.
/// </summary>
internal sealed class ModelTraining(
    CommandHost host, string outputDescription = "The model file to write.", string outputName = "model.onnx")
{
    public Option<string> Output { get; } = new("--output", "-o")
    {
        Description = outputDescription,
        HelpName = outputName,
        Required = true,
    };

    public ReportOption Report { get; } = new();

    public AugmentOption Augment { get; } = new();

    public WeightsOption Weights { get; } = new();

    public TrainingHashesOption TrainingHashes { get; } = new();

    public DateOption Date { get; } = new();

    public GateOption Gate { get; } = new();

    public CommonOptions Common { get; } = new(new ValidationOption(), divides: true, isRecorded: true);

    public ValidationOption Validation => Common.Validation!;

    /// <summary>Adds all options but <see cref="Output"/>, which each verb puts further up in its help.</summary>
    public void AddTo(Command command)
    {
        Augment.AddTo(command);
        Weights.AddTo(command);
        TrainingHashes.AddTo(command);
        Date.AddTo(command);
        Report.AddTo(command);
        Gate.AddTo(command);
        Common.AddTo(command);
    }

    /// <summary>The command line, for the commands of the next steps.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="data">The data that was trained on.</param>
    public RunCommand Given(ParseResult parsed, string data) =>
        GivenCommand.Of(parsed, data, output: parsed.GetRequiredValue(Output));

    /// <summary>A copy of the pipeline with the common options applied, and with those of this type.</summary>
    public TransferPipeline<T> Apply<T>(ParseResult parsed, CommonSettings common, TransferPipeline<T> pipeline) =>
        common.Apply(TrainingHashes.Apply(parsed, pipeline), host.Time);

    /// <summary>
    /// Fits the pipeline, saves the model, writes the report and the JSON file, prints warnings and the summary, and checks the gate.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="createPipeline">Reads the verb's own options; notes problems, and returns null where there can be no pipeline.</param>
    /// <param name="faster">What makes a long extraction faster, as a clause; null where nothing is known to.</param>
    /// <param name="describe">Gets from the result what is saved, written, printed and checked.</param>
    /// <param name="cancellationToken">Stops the training; the best model so far is saved.</param>
    /// <param name="networkOption">The option with which a whole network is trained; null for a verb without one.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync<TResult>(
        ParseResult parsed,
        Func<CommonSettings, Problems, TransferPipeline<TResult>?> createPipeline,
        string? faster,
        Func<TResult, TrainingOutcome> describe,
        CancellationToken cancellationToken,
        Option<string?>? networkOption = null)
    {
        var recording = new RunRecording(host, parsed);
        var problems = new Problems();
        CommonSettings common = Common.Read(parsed, problems);
        OutputFile? output = problems.CollectOutput(parsed.GetRequiredValue(Output), Output.Name);
        OutputFile? report = Report.Read(parsed, problems);
        WeightPrecision weights = Weights.Read(parsed, problems);
        TransferPipeline<TResult>? pipeline = createPipeline(common, problems);
        Func<TransferPipeline<TResult>, TransferPipeline<TResult>> withAugmentation =
            Augment.Read<TResult>(parsed, problems, networkOption);
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        TResult result = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => withAugmentation(pipeline!).FitAsync(TransferStages.On(display, faster), cancellationToken)).ConfigureAwait(false);
        TrainingOutcome outcome = describe(result);
        foreach (string line in common.IsQuiet ? [] : outcome.Endings.OfType<string>())
        {
            await host.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        PrecisionLoss? loss = null;
        using (TransferModel model = outcome.Model)
        {
            output!.Write(stream => model.Save(stream, new ModelSaveOptions { Weights = weights, KeepsDate = Date.KeepsDate(parsed) }));

            // The report is written after Ctrl-C too; a second Ctrl-C ends the process.
            CancellationToken reporting = outcome.Canceled ? CancellationToken.None : cancellationToken;
            await ReportWriting.WriteAsync(host, common, report, outcome.Report, reporting).ConfigureAwait(false);
            if (weights != WeightPrecision.Float32)
            {
                loss = model.MeasurePrecision(weights, outcome.ValidationImages, reporting);
            }
        }

        Warnings.Write(host, common.IsQuiet, outcome.SkippedImages, outcome.Notes);
        WeightsReport? weightsReport = loss is null ? null : WeightsReport.Of(loss);
        outcome.WriteJson(common, weightsReport);
        if (!common.IsQuiet)
        {
            outcome.WriteSummary(host, output.Path, weightsReport);
            VerdictSummary.Write(host, outcome.Verdict);
        }

        AccuracyFigure saved = loss is null
            ? outcome.Accuracy
            : AccuracyFigure.Of(outcome.Accuracy.Accuracy - loss.AccuracyLost, outcome.Accuracy.Images);
        recording.Write(common, outcome.Model, output.Path, saved, outcome.Canceled);
        if (outcome.Canceled)
        {
            string advice = outcome.Checkpoint?.Advice(parsed)
                ?? $"to train to the end, repeat the command: {CommandText.Again(parsed)}";
            await host.Error.WriteLineAsync($"transfer: canceled; the best model so far is in '{output.Path}'; {advice}")
                .ConfigureAwait(false);
            return ExitCodes.Canceled;
        }

        outcome.Checkpoint?.Remove();
        NextCommand.Write(host, common.IsQuiet, CommandText.Of(["transfer", "predict", output.Path, "PHOTO"]));
        return Gate.Check(parsed, saved, host.Error);
    }
}
