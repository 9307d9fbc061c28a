using System.Globalization;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options.Sharding;

/// <summary>Finds the number of a task among those of its job, in the variables that schedulers set.</summary>
internal static class SchedulerIndex
{
    private static readonly (string Variable, string Scheduler)[] Known =
    [
        ("SLURM_ARRAY_TASK_ID", "Slurm, sbatch --array"),
        ("JOB_COMPLETION_INDEX", "Kubernetes, a Job with completionMode: Indexed"),
        ("AWS_BATCH_JOB_ARRAY_INDEX", "AWS Batch, an array job"),
        ("BATCH_TASK_INDEX", "Google Cloud Batch"),
    ];

    /// <summary>Finds the number.</summary>
    /// <param name="host">Has the variables of the environment.</param>
    /// <param name="problems">Receives what is wrong with them.</param>
    /// <returns>The number, and the variables that have it; null where something is wrong.</returns>
    public static (int Index, IReadOnlyList<string> Variables)? Find(CommandHost host, Problems problems)
    {
        (string Name, string Value)[] set =
            [.. Known.Select(k => (k.Variable, host.Variable(k.Variable) ?? "")).Where(v => v.Item2.Length > 0)];
        if (set.Length == 0)
        {
            problems.Add(
                $"{ShardOptions.ShardName} auto finds no number of a task: none of "
                + $"{string.Join(", ", Known.Select(k => $"{k.Variable} ({k.Scheduler})"))} is set; give {ShardOptions.ShardName} I/N");
            return null;
        }

        int?[] numbers = [.. set.Select(v => Number(v.Name, v.Value, problems))];
        if (numbers.Contains(null))
        {
            return null;
        }

        if (numbers.Distinct().Count() > 1)
        {
            problems.Add(
                $"{ShardOptions.ShardName} auto finds different numbers: {string.Join(", ", set.Select(v => $"{v.Name} is {v.Value}"))}; "
                + $"give {ShardOptions.ShardName} I/N, or unset the one that is wrong");
            return null;
        }

        return (numbers[0]!.Value, [.. set.Select(v => v.Name)]);
    }

    private static int? Number(string name, string value, Problems problems)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        problems.Add($"{name} is '{value}', not a whole number of at least 0: give {ShardOptions.ShardName} I/N");
        return null;
    }
}
