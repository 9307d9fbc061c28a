using System.CommandLine;
using System.Globalization;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options.Sharding;

/// <summary><c>--shard</c> and <c>--shards</c>: one of several parts of the work, each of which another process does.</summary>
internal sealed class ShardOptions
{
    public const string ShardName = "--shard";
    public const string ShardsName = "--shards";

    private const string Auto = "auto";

    private readonly Option<string?> _shard = ValueOption.Text(
        ShardName,
        "Compute only shard I of N, counted from 0 (0/16 to 15/16), and store it in a part of its own below --cache; "
        + "'transfer cache merge' joins the parts. auto: I is the number of the task by Slurm, Kubernetes, AWS Batch or Google Cloud "
        + "Batch.",
        "I/N");

    private readonly Option<int?> _shards = ValueOption.WholeNumber(
        ShardsName, $"The number of shards, with {ShardName} auto: the same for every task, also when some run again.", minimum: 1);

    public void AddTo(Command command)
    {
        command.Add(_shard);
        command.Add(_shards);
    }

    /// <summary>Whether the command line asks for a shard.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_shard) is not null;

    /// <summary>The shard; null where none is given, or something is wrong with it, which is noted.</summary>
    public GivenShard? Read(ParseResult parsed, CommandHost host, Problems problems)
    {
        string? text = parsed.GetValue(_shard);
        int? count = parsed.GetValue(_shards);
        if (text == Auto)
        {
            return ReadAuto(host, count, problems);
        }

        if (count is not null)
        {
            problems.AddUseless(ShardsName, text is null ? $"without {ShardName} {Auto}" : $"with {ShardName} I/N, which has it");
        }

        if (text is null)
        {
            return null;
        }

        string[] parts = text.Split('/');
        if (parts.Length == 2 && Number(parts[0]) is { } index && Number(parts[1]) is { } number && index < number)
        {
            return new GivenShard(new ExtractionShard(index, number), []);
        }

        problems.Add(
            $"{ShardName} expects I/N with I from 0 to N - 1, such as 0/16 for the first of 16, or {Auto} with {ShardsName} N, "
            + $"not '{text}'");
        return null;
    }

    private static GivenShard? ReadAuto(CommandHost host, int? count, Problems problems)
    {
        if (count is null)
        {
            problems.Add(
                $"{ShardName} {Auto} needs {ShardsName} N, the number of all shards: a scheduler that runs some of them again counts only "
                + "these");
        }

        if (SchedulerIndex.Find(host, problems) is not { } found || count is not { } shards)
        {
            return null;
        }

        if (found.Index >= shards)
        {
            string last = (shards - 1).ToString(CultureInfo.InvariantCulture);
            problems.Add(
                $"{string.Join(", ", found.Variables)} is {found.Index}, but {ShardsName} {shards} has the shards 0 to {last}: "
                + $"count the tasks from 0 (Slurm: --array=0-{last})");
            return null;
        }

        return new GivenShard(new ExtractionShard(found.Index, shards), found.Variables);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
