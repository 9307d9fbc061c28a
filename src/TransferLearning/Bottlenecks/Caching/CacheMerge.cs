using System.Globalization;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Bottlenecks.Sharding;

namespace TransferLearning.Bottlenecks.Caching;

/// <summary>
/// Joins the parts of shards with the files of the cache. The files are written anew beside the old ones, and moved into place when all
/// are complete; then the parts are deleted. Serves one merge.
/// </summary>
internal sealed class CacheMerge(string directory, MissingShards missing, CancellationToken cancellationToken)
{
    private readonly DivisionState[] _states = [.. DivisionFolder.AllIn(directory).Select(DivisionState.Of)];
    private readonly List<ShardProblem> _problems = [];
    private int _damaged;

    /// <exception cref="TransferLearningException">Shards are missing or damaged, or do not agree; nothing was merged.</exception>
    public BottleneckCacheMerge Run()
    {
        if (missing == MissingShards.Refuse)
        {
            RequireAgreement();
        }

        int[] absent = [.. _states.SelectMany(s => s.Missing)];
        if (missing == MissingShards.Refuse && absent.Length > 0)
        {
            // So that the message names all shards that must run again, those with damaged records too.
            Parts().ForEach(p => Check(p, RecordScan.Count(p.Path, p.Format, cancellationToken)));
            throw Incomplete();
        }

        List<MergedFile> files = [];
        try
        {
            var works = new List<Action>();
            foreach (IGrouping<string, Part> target in Parts().GroupBy(p => p.Target))
            {
                var parts = target.ToDictionary(p => p.Path);
                var file = new MergedFile(target.Key, target.First().Format, cancellationToken);
                files.Add(file);
                works.Add(() => file.Write([.. parts.Keys], (path, records, damaged) => Check(parts[path], (records, damaged))));
            }

            // Side by side: one is verified while another one waits for the disk.
            Task.WhenAll(works.Select(w => Task.Run(w, CancellationToken.None))).GetAwaiter().GetResult();
            if (missing == MissingShards.Refuse && _problems.Count > 0)
            {
                throw Incomplete();
            }

            files.ForEach(static f => f.Commit());
        }
        finally
        {
            files.ForEach(static f => f.Dispose());
        }

        foreach (DivisionState state in _states)
        {
            state.Folder.Delete();
        }

        return new BottleneckCacheMerge
        {
            Shards = _states.Sum(s => s.Division.Count) - absent.Length,
            Missing = absent,
            Added = files.Where(f => f.Format.Magic == BottleneckStore.FeaturesMagic).Sum(f => f.Added),
            Damaged = _damaged + files.Sum(f => f.Damaged),
            Bytes = files.Sum(f => f.Bytes),
            Skipped = [.. _states.SelectMany(s => s.Completions).SelectMany(c => c.Skipped)],
        };
    }

    /// <summary>The record files: those of features last, so that who finds them finds the rest too.</summary>
    private List<Part> Parts() =>
    [
        .. from extension in PartFiles.Extensions
           from state in _states
           from path in state.Folder.Parts(extension)

           // Without a header there are no records; where there should be some, the state says so.
           let format = RecordFormat.TryRead(path)
           where format is not null
           select new Part(state, path, format, TargetOf(path, format)),
    ];

    private string TargetOf(string path, RecordFormat format) =>
        format.Magic == BottleneckStore.FeaturesMagic ? BottleneckStore.PathOf(directory, format)
        : format == BottleneckStore.ThumbnailsFormat ? Path.Combine(directory, CacheFolder.ThumbnailsFileName)
        : format == BottleneckStore.StampsFormat ? Path.Combine(directory, CacheFolder.StampsFileName)
        : throw new TransferLearningException(
            $"'{path}' has records that this version does not know: merge with the version that made it");

    private void Check(Part part, (int Records, int Damaged) found)
    {
        ShardProblem? problem = part.State.Check(part.Path, found.Records, found.Damaged);
        lock (_problems)
        {
            _damaged += found.Damaged;
            _problems.AddRange(problem is null ? [] : [problem]);
        }
    }

    private void RequireAgreement()
    {
        if (_states.Length > 1)
        {
            (DivisionState first, DivisionState second) = (_states[0], _states[1]);
            throw new TransferLearningException(
                $"the shards do not agree, so nothing was merged: '{second.Folder.DivisionPath}' "
                + $"{second.Division.DifferenceFrom(first.Division)}, as '{first.Folder.DivisionPath}' is: delete the folder of the one "
                + $"that is wrong, or join all that they have (--accept-missing, {nameof(MissingShards)}.{nameof(MissingShards.Accept)})");
        }
    }

    private TransferLearningException Incomplete()
    {
        DivisionState state = _states.Single();
        ShardProblem[] problems = [.. state.Problems, .. _problems];
        int[] again = [.. state.Missing.Union(_problems.Select(p => p.Shard)).Order()];
        string damaged = problems.Length == 0 ? "" : $" ({string.Join("; ", problems.Select(p => p.Description))})";
        return new TransferLearningException(string.Create(
            CultureInfo.InvariantCulture,
            $"shards are missing or not complete in '{state.Folder.Path}', {again.Length} of {state.Division.Count}{damaged}, so nothing "
            + $"was merged: run them again, --array={ArrayExpression.Of(again)} with --shards {state.Division.Count} as before; or join "
            + $"what there is (--accept-missing, {nameof(MissingShards)}.{nameof(MissingShards.Accept)})"));
    }

    private sealed record Part(DivisionState State, string Path, RecordFormat Format, string Target);
}
