using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Cache;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>cache</c>: lists, checks or empties the bottleneck cache.</summary>
internal sealed class CacheVerb(CommandHost host)
{
    public const string Name = "cache";

    private readonly Option<string?> _cache = ValueOption.Text(
        "--cache", "The folder of the bottleneck cache. Default: the platform's user cache folder.", "DIR");

    private readonly OutputOptions _output = new();

    public Command CreateCommand() => new(Name, "Shows, checks or empties the bottleneck cache.")
    {
        Action(
            "info",
            "Lists the cached backbones, with the number of images and bytes of each.",
            (cache, _) => List(cache, cache.Describe())),
        Action(
            "verify",
            "Checks every record; a damaged one is computed again when it is needed.",
            (cache, token) => List(cache, cache.Verify(token))),
        Action(
            "clear",
            "Removes all cached bottlenecks; other files in the folder stay.",
            (cache, _) => Clear(cache)),
    };

    private Command Action(string name, string description, Func<BottleneckCache, CancellationToken, CacheReport> work)
    {
        var command = new Command(name, description) { _cache };
        _output.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            Task.Run(() => Run(parsed, token => work(Open(parsed), token), cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, Func<CancellationToken, CacheReport> work, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        problems.ThrowIfAny();
        CacheReport report = work(cancellationToken);
        ReportJson.Write(json, report, static c => c.CacheReport);
        if (!_output.IsQuiet(parsed))
        {
            CacheSummary.Write(host, report);
        }

        return ExitCodes.Done;
    }

    private BottleneckCache Open(ParseResult parsed) => new(parsed.GetValue(_cache) ?? BottleneckCache.DefaultDirectory);

    private static CacheReport List(BottleneckCache cache, IReadOnlyList<BottleneckCacheFile> files) => new()
    {
        Directory = cache.Directory,
        Backbones =
        [
            .. files.Select(f =>
                new CachedBackboneReport(f.Backbone, f.Fingerprint, f.FeatureSize, f.Images, f.Damaged, f.Bytes)),
        ],
    };

    private static CacheReport Clear(BottleneckCache cache) => new() { Directory = cache.Directory, FreedBytes = cache.Clear() };
}
