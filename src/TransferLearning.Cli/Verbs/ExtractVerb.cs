using System.CommandLine;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Sharding;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Data;
using TransferLearning.Cli.Reports.Extract;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Data;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>extract</c>: writes bottlenecks as a NumPy file, or computes a shard of them into the cache.</summary>
internal sealed class ExtractVerb(CommandHost host)
{
    public const string Name = "extract";

    private readonly Argument<string> _data = new("DATA") { Description = DataDescription.Labeled };

    private readonly Option<string?> _output = ValueOption.Text(
        "--output",
        "The NumPy file to write (.npy, float32, one row per image). Required, but left out with --shard.",
        "FILE",
        "-o");

    private readonly Option<string?> _paths = ValueOption.Text("--paths", "Write the images' paths, one line per row.", "FILE");
    private readonly Option<string?> _labels = ValueOption.Text("--labels", "Write the images' labels, one line per row.", "FILE");
    private readonly ShardOptions _shard = new();
    private readonly BackboneOption _backbone = new();
    private readonly CommonOptions _common = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name, "Computes the features of images and writes them as a NumPy file, or a shard of them into a shared cache.")
        {
            _data, _output, _paths, _labels,
        };
        _shard.AddTo(command);
        _backbone.AddTo(command);
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        GivenShard? shard = _shard.Read(parsed, host, problems);
        CheckOutputs(parsed, problems);
        OutputFile? features = problems.CollectOutput(parsed, _output);
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
        if (shard is not null && !common.IsQuiet)
        {
            host.Error.WriteLine($"Shard {shard} of {data!.Count} images");
        }

        BottleneckCache? cache = common.Cache;
        ExtractionOptions options = common.Extraction(host.Time) with { Shard = shard?.Shard };
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
        features?.Write(stream => NpyWriter.Write(stream, matrix.Count, matrix.FeatureSize, matrix.Values));
        paths?.WriteLines(extraction.Images.Images.Select(i => i.Path));
        labels?.WriteLines(extraction.Images.Images.Select(i => i.Label ?? ""));

        ExtractReport report = Describe(extraction) with { Shard = shard is null ? null : ShardReport.Of(shard) };
        var notes = new Notes([.. decision.Notes, .. extraction.Summary.Warnings], []);
        Warnings.Write(host, common.IsQuiet, report.SkippedImages, notes);
        ReportJson.Write(common, report, notes, static c => c.ExtractReport);
        if (!common.IsQuiet)
        {
            FigureTable table = shard is null ? new FigureTable() : new FigureTable().Add("Shard", $"{shard}");
            table.Add("Images", report.Images)
                .Add("Features per image", report.FeatureSize)
                .Add("From the cache", report.CacheHits)
                .Add("Seconds", report.Seconds)
                .Add("Written to", features?.Path ?? cache!.Directory)
                .WriteTo(host);
        }

        NextCommand.Write(host, common.IsQuiet, CommandText.Of(shard is null
            ? ["transfer", "fine-tune", parsed.GetRequiredValue(_data), "-o", "model.onnx"]
            : ["transfer", "cache", "merge", cache!.Directory]));
        return ExitCodes.Done;
    }

    /// <summary>A shard goes to the cache, and all else to the output.</summary>
    private void CheckOutputs(ParseResult parsed, Problems problems)
    {
        if (!_shard.IsGiven(parsed))
        {
            if (parsed.GetValue(_output) is null)
            {
                problems.Add($"{_output.Name} FILE is required, unless {ShardOptions.ShardName} stores a shard in the cache");
            }

            return;
        }

        IReadOnlyList<string> ofCache = _common.GivenOfCache(parsed);
        if (!ofCache.Contains(CacheOptions.DirectoryName))
        {
            problems.Add($"{ShardOptions.ShardName} needs {CacheOptions.DirectoryName} DIR, the folder that all shards share");
        }

        foreach (string name in (string[])[.. new[] { _output, _paths, _labels }.Where(o => parsed.GetValue(o) is not null)
            .Select(o => o.Name), .. ofCache.Where(n => n == OptionNames.CacheSize)])
        {
            problems.AddUseless(name, $"with {ShardOptions.ShardName}, which stores features in the cache");
        }
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
