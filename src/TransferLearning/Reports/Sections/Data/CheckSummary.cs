using TransferLearning.Data;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Data;

/// <summary>What is wrong with a data set, in sentences, and what to do about it.</summary>
internal static class CheckSummary
{
    public static SummarySection Of(DatasetCheck check)
    {
        string[] problems = [.. Problems(check)];
        string classes = Figure.Of(check.Classes.Count, "class", "classes");
        string introduction = $"{Figure.Of(check.Images, "image", "images")} of {classes} were read. "
            + (problems.Length == 0 ? "Nothing stands out: train on them." : "What to mend, the most important first:");
        return new SummarySection(
            introduction,
            [
                new KeyFigure("Leaks", Figure.Count(check.Leaks.Count), "Pictures that are in training and in validation."),
                new KeyFigure("Label conflicts", Figure.Count(check.LabelConflicts.Count), "Pictures that occur with different labels."),
                new KeyFigure("Copies", Figure.Count(check.Duplicates.Count), "Pictures that occur more than once, these included."),
                new KeyFigure("Unreadable", Figure.Count(check.Unreadable.Count), "Images that training leaves out."),
                new KeyFigure("Without a label", Figure.Count(check.Unlabeled), "Readable images of no class."),
            ],
            problems);
    }

    private static IEnumerable<string> Problems(DatasetCheck check)
    {
        if (check.Leaks.Count > 0)
        {
            yield return $"{Figure.Of(check.Leaks.Count, "picture is", "pictures are")} in training and in validation, so that figures "
                + "would be too good: remove one of each";
        }

        if (check.DividedGroups.Count > 0)
        {
            yield return $"{Figure.Of(check.DividedGroups.Count, "group is", "groups are")} in training and in validation, so that figures "
                + "would be too good: keep each on one side";
        }

        if (check.LabelConflicts.Count > 0)
        {
            yield return $"{Figure.Of(check.LabelConflicts.Count, "picture has", "pictures have")} different labels: correct them";
        }

        if (check.Unreadable.Count > 0)
        {
            yield return $"{Figure.Of(check.Unreadable.Count, "image", "images")} cannot be read, and would be left out";
        }

        if (check.Imbalance >= DataSection.MaxImbalance && check.Classes.Count > 0)
        {
            ClassCount fewest = check.Classes.MinBy(c => c.Images)!;
            yield return $"the classes are uneven: {fewest.Name} has only {Figure.Of(fewest.Images, "image", "images")}; add some";
        }
    }
}
