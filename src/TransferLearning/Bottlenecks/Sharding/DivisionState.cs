using TransferLearning.Bottlenecks.Records;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>How far the shards of a division are. Immutable.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Division">What was divided.</param>
/// <param name="Completions">The shards that are complete, by their numbers.</param>
/// <param name="Problems">Why shards that were complete must run again, but for records, which <see cref="Check"/> reads.</param>
internal sealed record DivisionState(
    DivisionFolder Folder,
    ShardDivision Division,
    IReadOnlyList<ShardCompletion> Completions,
    IReadOnlyList<ShardProblem> Problems)
{
    /// <summary>The numbers of the shards that are not complete, or must run again, ascending.</summary>
    public IReadOnlyList<int> Missing
    {
        get
        {
            var complete = Completions.Select(c => c.Shard).ToHashSet();
            complete.ExceptWith(Problems.Select(p => p.Shard));
            return [.. Enumerable.Range(0, Division.Count).Where(i => !complete.Contains(i))];
        }
    }

    /// <summary>Reads the division and the completion records, and looks for the files that these name.</summary>
    /// <exception cref="TransferLearningException">The division cannot be read.</exception>
    public static DivisionState Of(DivisionFolder folder)
    {
        var division = ShardDivision.Read(folder.DivisionPath);
        (IReadOnlyList<ShardCompletion> completions, IReadOnlyList<ShardProblem> problems) = folder.ReadCompletions();
        return new DivisionState(folder, division, completions, [.. problems, .. completions.SelectMany(c => Absent(folder, c))]);
    }

    /// <summary>Compares a record file, which was read, with what the completion record of its shard says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="records">The number of its complete records.</param>
    /// <param name="damaged">Those whose checksum is wrong.</param>
    /// <returns>What is wrong; null where all that the shard has stored is there, or the shard is not complete.</returns>
    public ShardProblem? Check(string path, int records, int damaged)
    {
        int shard = PartFiles.ShardOf(path)!.Value;
        CompletedFile? expected =
            Completions.FirstOrDefault(c => c.Shard == shard)?.Files.FirstOrDefault(f => f.Name == Path.GetFileName(path));
        return expected is null ? null
            : records < expected.Records ? new ShardProblem(shard, $"'{path}' has {records} of {expected.Records} records")
            : damaged > expected.Damaged ? new ShardProblem(shard, $"{damaged} of {records} records of '{path}' are damaged")
            : null;
    }

    private static IEnumerable<ShardProblem> Absent(DivisionFolder folder, ShardCompletion completion) =>
        from file in completion.Files
        let path = Path.Combine(folder.Path, file.Name)
        let problem = !File.Exists(path) ? "is missing"
            : RecordFormat.TryRead(path) is null ? "has a damaged header"
            : null
        where problem is not null
        select new ShardProblem(completion.Shard, $"'{path}' {problem}");
}
