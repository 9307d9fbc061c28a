using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Cache;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>cache</c>: lists, checks, compacts or empties the bottleneck cache, and joins shards with it.</summary>
internal sealed class CacheVerb(CommandHost host)
{
    public const string Name = "cache";

    private readonly Argument<string?> _directory = new("DIR")
    {
        Description = "The folder of the bottleneck cache that the shards share; or give --cache.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _acceptMissing = new("--accept-missing")
    {
        Description = "Join what the shards have, although some are missing, not complete, or of different extractions.",
    };

    private readonly CacheOptions _cache = new();
    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        Command compact = Action(
            "compact",
            "Removes records that are not used any more, and what exceeds --cache-size; safe while other commands use the cache.",
            (cache, _, token) => Compact(cache, token));
        _cache.AddSizeTo(compact);
        Command merge = Action(
            "merge",
            "Joins the parts of 'extract --shard' with the cache and checks every record; says which shards to run again, if any.",
            (cache, parsed, token) => Merge(cache, parsed.GetValue(_acceptMissing), token));
        merge.Add(_directory);
        merge.Add(_acceptMissing);
        return new Command(Name, "Shows, checks, compacts or empties the bottleneck cache, and joins shards with it.")
        {
            Action(
                "info",
                "Lists the cached backbones, with the number of images, bytes and waste of each.",
                (cache, _, _) => List(cache, cache.Describe(), cache.DescribeShared())),
            Action(
                "verify",
                "Checks every record and removes damaged ones, which are computed again when they are needed.",
                (cache, _, token) => List(cache, cache.Verify(token), cache.VerifyShared(token))),
            compact,
            merge,
            Action(
                "clear",
                "Removes all cached bottlenecks; other files in the folder stay.",
                (cache, _, _) => Clear(cache)),
        };
    }

    private Command Action(string name, string description, Func<BottleneckCache, ParseResult, CancellationToken, CacheReport> work)
    {
        var command = new Command(name, description);
        _cache.AddDirectoryTo(command);
        _output.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed, work, cancellationToken)));
        return command;
    }

    private int Run(
        ParseResult parsed, Func<BottleneckCache, ParseResult, CancellationToken, CacheReport> work, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        BottleneckCache cache = _cache.Read(parsed, problems, Argument(parsed));
        problems.ThrowIfAny();
        bool exists = Directory.Exists(cache.Directory);
        CacheReport report = work(cache, parsed, cancellationToken) with { Exists = exists };
        if (!exists)
        {
            host.Error.WriteLine($"warning: no cache at '{cache.Directory}'");
        }

        if (report.Merge is { } merge)
        {
            Warnings.Write(host, _output.IsQuiet(parsed), merge.SkippedImages, new Notes(merge.Warnings, []));
        }

        ReportJson.Write(json, report, static c => c.CacheReport);
        if (!_output.IsQuiet(parsed))
        {
            CacheSummary.Write(host, report);
        }

        return ExitCodes.Done;
    }

    // Only one action has the argument; the others would answer with the folder of another one's.
    private string? Argument(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments.Contains(_directory) ? parsed.GetValue(_directory) : null;

    private static CacheReport List(
        BottleneckCache cache, IReadOnlyList<BottleneckCacheFile> files, IReadOnlyList<BottleneckCacheSharedFile> shared) => new()
        {
            Directory = cache.Directory,
            Backbones = [.. files.Select(CachedBackboneReport.Of)],
            Shared = [.. shared.Select(CacheSharedReport.Of)],
            Shards = [.. cache.DescribeShards().Select(CacheShardsReport.Of)],
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

    private static CacheReport Merge(BottleneckCache cache, bool acceptsMissing, CancellationToken cancellationToken)
    {
        BottleneckCacheMerge done = cache.Merge(
            acceptsMissing ? MissingShards.Accept : MissingShards.Refuse, cancellationToken);
        return List(cache, cache.Describe(), cache.DescribeShared()) with { Merge = CacheMergeReport.Of(done) };
    }

    private static CacheReport Clear(BottleneckCache cache) => new() { Directory = cache.Directory, FreedBytes = cache.Clear() };
}
