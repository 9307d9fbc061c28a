using TransferLearning.Evaluation;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Precision, recall and F1 of each class. Immutable.</summary>
internal sealed record PerClassSection(IReadOnlyList<ClassMetrics> Classes) : IReportSection
{
    // Nobody reads more rows, and the worst classes matter most.
    private const int MaxShown = 20;

    public string Title => "Classes";

    public bool IsWide => false;

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "Precision: of the images predicted as the class, the share that belongs to it. Recall: of the images that "
            + "belong to the class, the share that was predicted as it. F1: combines both, and is high only where both are high.");
        if (Classes.Count <= MaxShown)
        {
            Write(html, "Classes in alphabetical order", Classes);
            return;
        }

        ClassMetrics[] sorted = [.. Classes.OrderBy(c => c.F1).ThenBy(c => c.Name, StringComparer.Ordinal)];
        Write(html, $"The {MaxShown} classes with the lowest F1", sorted[..MaxShown]);
        html.Open("details").Element("summary", $"The other {sorted.Length - MaxShown} classes");
        Write(html, "The other classes, lowest F1 first", sorted[MaxShown..]);
        html.Close();
    }

    private static void Write(HtmlWriter html, string caption, IReadOnlyList<ClassMetrics> classes)
    {
        html.OpenTable(caption, "Class", "Images", "Precision", "Recall", "F1");
        foreach (ClassMetrics row in classes)
        {
            html.Open("tr").Element("th", row.Name, ("scope", "row")).Element("td", Figure.Count(row.Support));
            html.ShareCell(row.Precision, Figure.Percent(row.Precision)).ShareCell(row.Recall, Figure.Percent(row.Recall));
            html.ShareCell(row.F1, Figure.Three(row.F1)).Close();
        }

        html.CloseTable();
    }
}
