namespace TransferLearning.Benchmarks.Caching;

/// <summary>
/// Kills the <c>transfer</c> command at random moments and while it writes, and checks what is left, for reports/cache-kills.md. Arguments:
/// the program, and the number of kills.
/// </summary>
internal static class KillMeasurement
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string program, string text] || !int.TryParse(text, out int kills))
        {
            error.WriteLine("usage: measure-kills PROGRAM KILLS");
            return 1;
        }

        string folder = Directory.CreateTempSubdirectory("transferlearning-kills-").FullName;
        try
        {
            var trial = new KillTrial(new TransferCommand(program), SharedFiles.PathOf("data", "flowers-small"), folder);
            var findings = new List<KillFinding>();
            for (int round = 0; findings.Count(f => f.WasKilled) < kills; round++)
            {
                findings.Add(trial.Run(round));
                error.WriteLine($"{round + 1}: {findings[^1]}");
            }

            Print(findings, output);
            return findings.Exists(f => f.HasFault) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<KillFinding> findings, TextWriter output)
    {
        output.WriteLine("| command, moment | kills | records read | damaged | repeated | different | half outputs "
            + "| leftovers in the cache | after the next run | held locks | failed next runs | leftovers of outputs |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (IGrouping<string, KillFinding> group in findings.GroupBy(f => f.Moment).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Print(group.Key, [.. group], output);
        }

        Print("together", findings, output);
    }

    private static void Print(string name, IReadOnlyList<KillFinding> findings, TextWriter output) => output.WriteLine(
        $"| {name} | {findings.Count(f => f.WasKilled)} | {findings.Sum(f => f.Records)} | {findings.Sum(f => f.Damaged)} "
        + $"| {findings.Sum(f => f.Repeated)} | {findings.Sum(f => f.Different)} | {findings.Count(f => f.HasHalfOutput)} "
        + $"| {findings.Sum(f => f.Leftovers)} | {findings.Sum(f => f.LeftoversAfter)} | {findings.Sum(f => f.HeldLocks)} "
        + $"| {findings.Count(f => f.NextFailed)} | {findings.Sum(f => f.OutputLeftovers)} |");
}
