using TransferLearning.Benchmarks.Caching;

namespace TransferLearning.Benchmarks.Training;

/// <summary>
/// Kills fine-tuning with unfrozen stages at random moments and resumes it, for reports/resume-kills.md. Arguments: the program, and the
/// number of kills.
/// </summary>
internal static class ResumeMeasurement
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string program, string text] || !int.TryParse(text, out int kills))
        {
            error.WriteLine("usage: measure-resume PROGRAM KILLS");
            return 1;
        }

        string folder = Directory.CreateTempSubdirectory("transferlearning-resume-").FullName;
        try
        {
            var trial = new ResumeTrial(new TransferCommand(program), folder);
            error.WriteLine($"undisturbed: {trial.Duration.TotalSeconds:0.0} s");
            var findings = new List<ResumeFinding>();
            for (int round = 0; findings.Sum(f => f.Kills.Count) < kills; round++)
            {
                findings.Add(trial.Run(round));
                error.WriteLine($"{round + 1}: {findings[^1].Kills.Count} kills, {(findings[^1].HasFault ? "FAULT" : "the same model")} "
                    + $"({string.Join(", ", findings[^1].Kills)}){string.Concat(findings[^1].Failures.Select(f => $"; {f}"))}");
            }

            Print(findings, output);
            return findings.Exists(f => f.HasFault) ? 1 : 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<ResumeFinding> findings, TextWriter output)
    {
        output.WriteLine("| moment | kills |");
        output.WriteLine("| --- | --- |");
        IEnumerable<IGrouping<string, string>> moments = findings.SelectMany(f => f.Kills).GroupBy(k => k);
        foreach (IGrouping<string, string> moment in moments.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"| {moment.Key} | {moment.Count()} |");
        }

        output.WriteLine();
        output.WriteLine("| trainings | killed more than once | kills | other models | failed runs | leftovers |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- |");
        output.WriteLine(
            $"| {findings.Count} | {findings.Count(f => f.Kills.Count > 1)} | {findings.Sum(f => f.Kills.Count)} "
            + $"| {findings.Count(f => !f.IsSame)} | {findings.Sum(f => f.Failures.Count)} | {findings.Sum(f => f.Leftovers)} |");
    }
}
