using System.CommandLine;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Extract;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>extract</c>: writes bottlenecks as a NumPy file.</summary>
internal sealed class ExtractVerb(CommandHost host)
{
    public const string Name = "extract";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The NumPy file to write (.npy, float32, one row per image).",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _paths = ValueOption.Text("--paths", "Write the images' paths, one line per row.", "FILE");
    private readonly Option<string?> _labels = ValueOption.Text("--labels", "Write the images' labels, one line per row.", "FILE");
    private readonly BackboneOption _backbone = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command(Name, "Computes the features of images and writes them as a NumPy file.")
        {
            _data, _output, _paths, _labels,
        };
        _backbone.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        OutputFile? features = problems.Collect(() => OutputFile.At(parsed.GetRequiredValue(_output), _output.Name));
        OutputFile? paths = problems.CollectOutput(parsed, _paths);
        OutputFile? labels = problems.CollectOutput(parsed, _labels);
        ImageDataset? data = common.Data.Open(parsed.GetRequiredValue(_data), problems);
        Backbone? backbone = _backbone.Read(parsed, problems);
        if (backbone?.FindProblem(common.Engine) is { } problem)
        {
            problems.Add(problem);
        }

        problems.ThrowIfAny();
        DataAnnouncement.Write(host, common);

        BottleneckCache? cache = common.Cache;
        ExtractionOptions options = common.Extraction(host.Time);
        NormalizationDecision decision = await Task.Run(
            () => NormalizationDecision.Of(backbone!, data!, cache, options, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        var extractor = new BottleneckExtractor(decision.Backbone, cache, options);
        string? faster = _backbone.FasterChoice(parsed);
        Extraction extraction = await ProgressDisplay.RunAsync(
            host,
            common.IsQuiet,
            display => extractor.ExtractAsync(data!, ExtractionStage.On(display, faster), cancellationToken)).ConfigureAwait(false);

        BottleneckMatrix matrix = extraction.Bottlenecks;
        features!.Write(stream => NpyWriter.Write(stream, matrix.Count, matrix.FeatureSize, matrix.Values));
        paths?.WriteLines(extraction.Images.Images.Select(i => i.Path));
        labels?.WriteLines(extraction.Images.Images.Select(i => i.Label ?? ""));

        ExtractReport report = Describe(extraction);
        var notes = new Notes([.. decision.Notes, .. extraction.Summary.Warnings], []);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.ExtractReport);
        if (!common.IsQuiet)
        {
            new FigureTable()
                .Add("Images", report.Images)
                .Add("Features per image", report.FeatureSize)
                .Add("From the cache", report.CacheHits)
                .Add("Seconds", report.Seconds)
                .Add("Written to", features.Path)
                .WriteTo(host);
        }

        NextCommand.Write(
            host, common.IsQuiet, CommandText.Of(["transfer", "fine-tune", parsed.GetRequiredValue(_data), "-o", "model.onnx"]));
        return ExitCodes.Done;
    }

    private static ExtractReport Describe(Extraction extraction)
    {
        ExtractionSummary summary = extraction.Summary;
        IReadOnlyList<SkippedImageReport> skipped = SkippedImageReport.Of(summary.Skipped);
        return new ExtractReport
        {
            Images = extraction.Bottlenecks.Count,
            FeatureSize = extraction.Bottlenecks.FeatureSize,
            Seconds = summary.Seconds,
            ImagesPerSecond = summary.Seconds > 0 ? extraction.Bottlenecks.Count / summary.Seconds : 0,
            CacheHits = summary.CacheHits,
            CacheMisses = summary.CacheMisses,
            Skipped = skipped.Count,
            SkippedImages = skipped,
        };
    }
}
