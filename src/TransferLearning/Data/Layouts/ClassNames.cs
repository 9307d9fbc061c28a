using TransferLearning.Data.Images;

namespace TransferLearning.Data.Layouts;

/// <summary>Checks the names of the classes of a data set.</summary>
internal static class ClassNames
{
    /// <summary>What is odd about the names: those of parts of a layout, and names that differ only in letter case.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<LabeledImage> images)
    {
        string[] names = [.. images.Select(i => i.Label).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] odd = [.. names.Where(IsOfLayout)];
        if (odd.Length > 0)
        {
            yield return $"the {(odd.Length == 1 ? "class" : "classes")} {Quoted(odd)} {(odd.Length == 1 ? "is" : "are")} named like a "
                + "part of a layout: if they are none, give the folder with the class folders, a manifest, or --train and --validation";
        }

        foreach (string[] same in Variants(names))
        {
            yield return $"the classes {Quoted(same)} differ only in letter case: if they are one, give them one name";
        }
    }

    /// <summary>Refuses class names that differ only in letter case between the parts of a data set.</summary>
    /// <exception cref="TransferLearningException">There are such names; the message has both.</exception>
    public static void RequireOneSpelling(string name, IReadOnlyList<LabeledImage> images)
    {
        string[] names = [.. images.Select(i => i.Label).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string[] same in Variants(names))
        {
            LabeledImage[][] of = [.. same.Select(n => images.Where(i => i.Label == n).ToArray())];
            bool shareAPart = of[0].Select(i => i.Subset).Intersect(of[1].Select(i => i.Subset)).Any();
            if (!shareAPart)
            {
                throw new TransferLearningException(
                    $"'{name}' has the classes '{same[0]}' and '{same[1]}', which differ only in letter case (the first images are "
                    + $"'{of[0][0].Path}' and '{of[1][0].Path}'): if they are one class, rename one of them; if not, give other names");
            }
        }
    }

    private static bool IsOfLayout(string name) =>
        DatasetSubsetNames.Parse(name) is not null || LayoutNames.IsOfLayout(name);

    private static IEnumerable<string[]> Variants(string[] names) => names
        .GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Order(StringComparer.Ordinal).ToArray());

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));
}
