using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Cache;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>cache</c>: lists, checks, compacts or empties the bottleneck cache.</summary>
internal sealed class CacheVerb(CommandHost host)
{
    public const string Name = "cache";

    private readonly CacheOptions _cache = new();
    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        Command compact = Action(
            "compact",
            "Removes records that are not used any more, and what exceeds --cache-size; safe while other commands use the cache.",
            Compact);
        _cache.AddSizeTo(compact);
        return new Command(Name, "Shows, checks, compacts or empties the bottleneck cache.")
        {
            Action(
                "info",
                "Lists the cached backbones, with the number of images, bytes and waste of each.",
                (cache, _) => List(cache, cache.Describe(), cache.DescribeShared())),
            Action(
                "verify",
                "Checks every record and removes damaged ones, which are computed again when they are needed.",
                (cache, token) => List(cache, cache.Verify(token), cache.VerifyShared(token))),
            compact,
            Action(
                "clear",
                "Removes all cached bottlenecks; other files in the folder stay.",
                (cache, _) => Clear(cache)),
        };
    }

    private Command Action(string name, string description, Func<BottleneckCache, CancellationToken, CacheReport> work)
    {
        var command = new Command(name, description);
        _cache.AddDirectoryTo(command);
        _output.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed, work, cancellationToken)));
        return command;
    }

    private int Run(
        ParseResult parsed, Func<BottleneckCache, CancellationToken, CacheReport> work, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        BottleneckCache cache = _cache.Read(parsed, problems);
        problems.ThrowIfAny();
        bool exists = Directory.Exists(cache.Directory);
        CacheReport report = work(cache, cancellationToken) with { Exists = exists };
        if (!exists)
        {
            host.Error.WriteLine($"warning: no cache at '{cache.Directory}'");
        }

        ReportJson.Write(json, report, static c => c.CacheReport);
        if (!_output.IsQuiet(parsed))
        {
            CacheSummary.Write(host, report);
        }

        return ExitCodes.Done;
    }

    private static CacheReport List(
        BottleneckCache cache, IReadOnlyList<BottleneckCacheFile> files, IReadOnlyList<BottleneckCacheSharedFile> shared) => new()
        {
            Directory = cache.Directory,
            Backbones = [.. files.Select(CachedBackboneReport.Of)],
            Shared = [.. shared.Select(CacheSharedReport.Of)],
            Bytes = files.Sum(f => f.Bytes) + shared.Sum(f => f.Bytes),
            WasteBytes = files.Sum(f => f.WasteBytes) + shared.Sum(f => f.WasteBytes),
        };

    private static CacheReport Compact(BottleneckCache cache, CancellationToken cancellationToken)
    {
        BottleneckCacheCompaction done = cache.Compact(cancellationToken);
        return List(cache, cache.Describe(), cache.DescribeShared()) with
        {
            FreedBytes = done.FreedBytes,
            Compaction = new CacheCompactionReport(done.Superseded, done.Damaged, [.. done.Evictions.Select(OptionNames.In)]),
        };
    }

    private static CacheReport Clear(BottleneckCache cache) => new() { Directory = cache.Directory, FreedBytes = cache.Clear() };
}
