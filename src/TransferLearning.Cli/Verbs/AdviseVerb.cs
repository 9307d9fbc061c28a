using System.CommandLine;
using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Advise;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;
using TransferLearning.Reports;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>advise</c>: which backbone and which strategy suit a data set.</summary>
internal sealed class AdviseVerb(CommandHost host)
{
    public const string Name = "advise";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };

    private readonly Option<int?> _maxSize = ValueOption.WholeNumber(
        "--max-size", "Maximum size of the model file, in megabytes. Default: no limit.", minimum: 1);

    private readonly Option<int?> _maxMilliseconds = ValueOption.WholeNumber(
        "--max-milliseconds", "Maximum time per image, in milliseconds on one thread of this machine. Default: no limit.", minimum: 1);

    private readonly Option<bool> _tryUnfreezing = new("--try-unfreezing")
    {
        Description = "Try on at most 600 images what training the last stage of the network too (fine-tune --unfreeze 1) brings. Takes "
            + "minutes. Default: the head alone.",
    };

    private readonly BackbonesOption _backbones = new();
    private readonly ReportOption _report = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command(Name, "Compares backbones on labeled images and recommends one, with a strategy.") { _data };
        _backbones.AddTo(command);
        command.Add(_maxSize);
        command.Add(_maxMilliseconds);
        command.Add(_tryUnfreezing);
        _report.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? reportFile = _report.Read(parsed, problems);
        ImageDataset? data = common.Data.OpenLabeled(parsed.GetRequiredValue(_data), problems);
        IReadOnlyList<Backbone> backbones = _backbones.Read(parsed, problems);
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        var options = new AdviceOptions
        {
            Backbones = backbones,
            MaxModelBytes = parsed.GetValue(_maxSize) * 1_000_000L,
            MaxMillisecondsPerImage = parsed.GetValue(_maxMilliseconds),
            TriesUnfreezing = parsed.GetValue(_tryUnfreezing),
        };
        TransferPipeline<AdviceResult> pipeline = common.Apply(TransferPipeline.Advise(data!, options), host.Time);
        string? faster = _backbones.FasterChoice(parsed);
        AdviceResult result = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => pipeline.FitAsync(TransferStages.On(display, faster), cancellationToken)).ConfigureAwait(false);

        var report = AdviseReport.Of(result, Commands(parsed, backbones, result));
        await ReportWriting.WriteAsync(
            host, common, reportFile, Report.Of(result, data!.Name, report.Commands), cancellationToken).ConfigureAwait(false);
        var notes = new Notes(result.Warnings, []);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.AdviseReport);
        if (!common.IsQuiet)
        {
            AdviceSummary.Write(host, report);
        }

        if (result.Recommended is null)
        {
            await host.Error.WriteLineAsync($"transfer: {result.Evidence[0]}").ConfigureAwait(false);
            return ExitCodes.GateMissed;
        }

        return ExitCodes.Done;
    }

    private AdviceCommands Commands(ParseResult parsed, IReadOnlyList<Backbone> backbones, AdviceResult result)
    {
        // Files may have one name; the fingerprint of one whose normalization was measured is another one now.
        int? position = result.Recommended?.Backbone is { } recommended
            ? backbones.Index().Where(b => b.Item.Name == recommended.Name)
                .MaxBy(b => b.Item.Fingerprint == recommended.Fingerprint).Index
            : null;
        return new AdviceCommands(
            parsed.GetRequiredValue(_data),
            position is { } given ? [.. _backbones.Words(parsed, given)] : null,
            [.. CommandText.Given(parsed, parsed.CommandResult.Command.Options.Except(OwnOptions))]);
    }

    private IEnumerable<Option> OwnOptions =>
        [_maxSize, _maxMilliseconds, _tryUnfreezing, .. _backbones.All, .. _report.All, .. _common.Outputs];
}
