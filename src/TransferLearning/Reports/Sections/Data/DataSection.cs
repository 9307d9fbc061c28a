using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Findings;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections.Data;

/// <summary>Problems with the data. Immutable.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Validation">The validation images; null where there is no validation part.</param>
/// <param name="Folds">The fold of each of <paramref name="Train"/>; null where there are none.</param>
/// <param name="Skipped">The images left out because they cannot be used.</param>
internal sealed record DataSection(
    ImageDataset Train, ImageDataset? Validation, IReadOnlyList<int>? Folds, IReadOnlyList<SkippedImage> Skipped) : IReportSection
{
    private const int MaxNamed = 20;
    private const int MaxGroups = 6;
    private const int MaxPerGroup = 4;
    private const int MaxClasses = 20;
    /// <summary>From this ratio of the largest class to the smallest on, a data set is uneven.</summary>
    public const double MaxImbalance = 3;

    /// <summary>What was found before; null where the images are still to be checked. Default: null.</summary>
    public DatasetCheck? Check { get; init; }

    public string Title => "Data";

    public bool IsWide => Check is not null;

    public void Write(HtmlWriter html, ReportRun run)
    {
        DatasetCheck check = Check ?? (Folds is not null
            ? Train.CheckFolds(Folds, run.Threads, run.CancellationToken)
            : Train.CheckWith(Validation, run.Threads, run.CancellationToken));
        WriteLayout(html);
        WriteFindings(html, check);
        WriteUnreadable(html, check);
        if (Check is null)
        {
            // A report of a check has a section of its own for them.
            WriteCopies(html, check);
        }

        WriteClasses(html, check);
    }

    private void WriteCopies(HtmlWriter html, DatasetCheck check)
    {
        WriteGroups(html, "The same image with different labels", "At least one of the labels is wrong: correct it.", check.LabelConflicts);
        WriteGroups(
            html,
            Folds is null ? "Copies in training and in validation" : "Copies in different folds",
            "The model is tested on images that it was trained on, and looks better than it is. Keep one of each, or keep the copies "
                + "together with the column group of a manifest.",
            [.. check.Leaks.Where(d => !d.HasLabelConflict)]);
    }

    /// <summary>What was understood of the folders and files; images that were given as a list have none.</summary>
    private void WriteLayout(HtmlWriter html)
    {
        DatasetLayout layout = Train.Layout;
        if (layout is { Kind: DatasetLayoutKind.Images, Classes.Count: > 0 })
        {
            return;
        }

        html.Element("h3", "How the data was read").Open("ul", ("class", "notes"));
        foreach (string line in layout.ToString().Split('\n').Concat(layout.Warnings))
        {
            html.Element("li", line);
        }

        html.Close().Line();
        DatasetFinding[] images =
            [.. Train.Findings.Where(f => f.Kind is not (DatasetFindingKind.NotAnImage or DatasetFindingKind.SystemFile))];
        if (images.Length > 0)
        {
            html.Open("details").Element("summary", $"All {Figure.Of(images.Length, "image", "images")} left out");
            WriteReasons(html, images.Select(f => (f.Path, f.Message)));
            html.Close();
        }
    }

    private void WriteFindings(HtmlWriter html, DatasetCheck check)
    {
        int exact = check.Duplicates.Count(d => d.Kind == DuplicateKind.Exact);
        html.OpenTable("Checks of the images", "Problem", "Found");
        Finding(html, "Images that could not be read", Skipped.Count + check.Unreadable.Count);
        Finding(html, "Groups of identical files", exact);
        Finding(html, "Groups of images that look the same", check.Duplicates.Count - exact);
        string leaks = Folds is null ? "Of these groups, in training and in validation" : "Of these groups, in different folds";
        Finding(html, leaks, check.Leaks.Count);
        Finding(html, "Of these groups, with different labels", check.LabelConflicts.Count);
        if (Folds is null)
        {
            Finding(html, "Groups of the manifest in training and in validation", check.DividedGroups.Count);
        }

        string ratio = double.IsFinite(check.Imbalance) ? Figure.Text($"{check.Imbalance:0.0}") : "one class has no image";
        Finding(html, "Images of the largest class per image of the smallest", ratio, isGood: check.Imbalance < MaxImbalance);
        html.CloseTable();
    }

    private static void Finding(HtmlWriter html, string name, int count) => Finding(html, name, Figure.Count(count), isGood: count == 0);

    private static void Finding(HtmlWriter html, string name, string value, bool isGood) => html.Open("tr")
        .Element("th", name, ("scope", "row")).Element("td", value, ("class", isGood ? "good" : "bad")).Close();

    private void WriteUnreadable(HtmlWriter html, DatasetCheck check)
    {
        (string Path, string Reason)[] all =
            [.. Skipped.Select(s => (s.Path, s.Reason)), .. check.Unreadable.Select(u => (u.Path, u.Reason))];
        if (all.Length == 0)
        {
            return;
        }

        html.Element("h3", "Images that could not be read");
        WriteReasons(html, all.Take(MaxNamed));
        if (all.Length > MaxNamed)
        {
            html.Open("details").Element("summary", $"And {Figure.Count(all.Length - MaxNamed)} more");
            WriteReasons(html, all.Skip(MaxNamed));
            html.Close();
        }
    }

    private static void WriteReasons(HtmlWriter html, IEnumerable<(string Path, string Reason)> images)
    {
        html.Open("ul", ("class", "notes"));
        foreach ((string path, string reason) in images)
        {
            html.Open("li").Text(reason).Element("span", path, ("class", "path")).Close();
        }

        html.Close().Line();
    }

    private static void WriteGroups(HtmlWriter html, string title, string advice, IReadOnlyList<DuplicateImages> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        html.Element("h3", title).Element("p", advice);
        foreach (DuplicateImages group in groups.Take(MaxGroups))
        {
            PictureList.Write(html, group.Images.Take(MaxPerGroup).Select(i => new PictureItem(i, "", i.Label ?? "no label")));
        }

        if (groups.Count > MaxGroups)
        {
            html.Element("p", $"And {Figure.Count(groups.Count - MaxGroups)} more groups. The command transfer check lists all of them.");
        }
    }

    private void WriteClasses(HtmlWriter html, DatasetCheck check)
    {
        ClassCount[] sorted = [.. check.Classes.OrderByDescending(c => c.Images).ThenBy(c => c.Name, StringComparer.Ordinal)];
        if (sorted.Length <= MaxClasses)
        {
            Write(html, sorted);
            return;
        }

        html.Open("details").Element("summary", $"Images of each of the {sorted.Length} classes");
        Write(html, sorted);
        html.Close();
    }

    private void Write(HtmlWriter html, ClassCount[] rows)
    {
        int most = Math.Max(1, rows.Max(c => c.Images));
        string[] columns = Validation is null ? ["Class", "Images"] : ["Class", "Images", "Training", "Validation"];
        html.OpenTable("Images per class, largest class first", columns);
        foreach (ClassCount row in rows)
        {
            html.Open("tr").Element("th", row.Name, ("scope", "row")).ShareCell((double)row.Images / most, Figure.Count(row.Images));
            if (Validation is not null)
            {
                html.Element("td", Figure.Count(row.TrainImages)).Element("td", Figure.Count(row.ValidationImages));
            }

            html.Close();
        }

        html.CloseTable();
    }
}
