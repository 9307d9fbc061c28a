using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Reports.Check;

/// <summary>Prints the figures of <c>check</c>, and the first findings of each kind.</summary>
internal static class CheckSummary
{
    private const int MaxPrinted = 10;

    public static void Write(CommandHost host, CheckReport report)
    {
        new FigureTable()
            .Add("Images", report.Images)
            .Add("Unreadable", report.Unreadable.Count)
            .Add("Damaged outside the pixels", report.Damaged.Count)
            .Add("Without a label", report.Unlabeled)
            .Add("Classes", report.Classes.Count)
            .Add("Largest class over smallest", report.Imbalance is { } imbalance ? $"{imbalance:0.0}" : "one has no readable image")
            .Add("Groups of exact copies", report.Duplicates.Count(d => d.Kind == "exact"))
            .Add("Groups of near-copies", report.Duplicates.Count(d => d.Kind == "near"))
            .Add("Leaks into validation", report.Leaks.Count)
            .Add("Groups in training and validation", report.DividedGroups.Count)
            .Add("Label conflicts", report.LabelConflicts.Count)
            .WriteTo(host);
        Print(host.Output, "unreadable", report.Unreadable.Select(u => $"{u.Path}: {u.Reason}"));
        Print(host.Output, "damaged, but used", report.Damaged.Select(d => $"{d.Path}: {d.Reason}"));
        Print(host.Output, "leak", report.Leaks.Select(Describe));
        Print(host.Output, "label conflict", report.LabelConflicts.Select(d =>
            string.Join(" = ", d.Paths.Zip(d.Labels, (path, label) => $"{path} ({label ?? "no label"})"))));
        Print(host.Output, "group in training and validation", report.DividedGroups.Select(g =>
            $"{g.Name} (images: {g.TrainImages} in training, {g.ValidationImages} in validation)"));
        Print(host.Output, "copies", report.Duplicates.Select(Describe));
        Print(host.Output, "left out", report.Findings.Select(f => $"{f.Path}: {f.Reason}"));
    }

    private static string Describe(DuplicateReport duplicate) =>
        $"{string.Join(" = ", duplicate.Paths)} ({string.Join(", ", duplicate.Changes.Prepend(duplicate.Kind))})";

    private static void Print(TextWriter output, string kind, IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        foreach (string finding in all.Take(MaxPrinted))
        {
            output.WriteLine($"{kind}: {finding}");
        }

        if (all.Length > MaxPrinted)
        {
            output.WriteLine($"{kind}: and {all.Length - MaxPrinted} more: --json FILE lists all");
        }
    }
}
