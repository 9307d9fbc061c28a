using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Compare;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Cli.Verbs.ModelFiles;

/// <summary><c>compare</c>: two models on the same labeled images.</summary>
internal sealed class CompareVerb(CommandHost host)
{
    public const string Name = "compare";

    private readonly Argument<string> _first = new("FIRST") { Description = "A model file, such as the one in use." };

    private readonly Argument<string> _second = new("SECOND") { Description = "Another model file, such as a new one." };

    private readonly Option<string> _data = new("--data")
    {
        Description = $"Images that neither model was trained on. {DataDescription.Labeled} Of data with its own split, only the "
            + "validation part is used.",
        HelpName = "DATA",
        Required = true,
    };

    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name, "Compares two models on labeled images: accuracies, McNemar's test, classes, and images whose label changed.")
        {
            _first, _second, _data,
        };
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        string first = parsed.GetRequiredValue(_first), second = parsed.GetRequiredValue(_second);
        ImageDataset? data = common.Data.OpenLabeled(parsed.GetRequiredValue(_data), problems);
        using TransferModel? firstModel = problems.Collect(() => TransferModel.Load(first, common.ModelOptions));
        using TransferModel? secondModel = problems.Collect(() => TransferModel.Load(second, common.ModelOptions));
        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        ImageDataset images = data!.OwnSplit?.Validation ?? data.WithoutUnlabeledParts();
        ModelComparison comparison = await ComparisonStage.RunAsync(host, common, firstModel!, secondModel!, images, cancellationToken)
            .ConfigureAwait(false);
        var report = CompareReport.Of(comparison, first, second);
        var notes = Notes.Of(comparison.Warnings, report.Images);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.CompareReport);
        if (!common.IsQuiet)
        {
            CompareSummary.Write(host, report);
        }

        NextCommand.Write(
            host, common.IsQuiet, CommandText.Of(["transfer", "predict", report.Difference > 0 ? second : first, "PHOTO"]));
        return ExitCodes.Done;
    }
}
