using TransferLearning.Data.Images;

namespace TransferLearning.Data.Layouts;

/// <summary>
/// Decides what folders say: which of them are classes, which divide the data set, and which are neither. docs/data.md has the table of
/// these decisions.
/// </summary>
internal static class FolderDecision
{
    // Of two folders with the same class folders and names that say nothing, the one with so many times the images is for training.
    private const double MinRatio = 1.25;

    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    /// <summary>The reading of a tree.</summary>
    /// <param name="root">The tree; it has an image.</param>
    /// <param name="isForced">Whether the outermost folders are the classes where two readings are possible.</param>
    public static FolderReading Decide(FolderNode root, bool isForced)
    {
        FolderNode node = Unwrap(root);
        FolderNode[] folders = [.. node.ImageFolders];
        if (folders.Length == 0)
        {
            return new FolderReading(DatasetLayoutKind.Images, [new FolderPart(node, null, DatasetSubset.Unspecified)]);
        }

        FolderPart[] named = Named(folders);
        return Array.Exists(named, p => HasClasses(p.Folder))
            ? Divided(named, [.. folders.Except(named.Select(p => p.Folder))], folders, isForced)
            : Undivided(node, named, folders, isForced);
    }

    /// <summary>The reading where the user says which folders the parts are.</summary>
    public static FolderReading OfParts(IReadOnlyList<FolderPart> given) => new(
        given.Any(p => HasClasses(p.Folder)) ? DatasetLayoutKind.DividedFolders : DatasetLayoutKind.Images,
        [.. given.SelectMany(ClassesOf)]);

    /// <summary>Descends through folders in which archives often wrap everything.</summary>
    public static FolderNode Unwrap(FolderNode root)
    {
        FolderNode node = root;
        while (node.Images.Count == 0 && node.ImageFolders is [{ IsNested: true } only])
        {
            node = only;
        }

        return node;
    }

    /// <summary>
    /// The folder inside a part that has the class folders: <c>train/images/daisy</c> and <c>train/train/daisy</c> occur as often as
    /// <c>train/daisy</c>.
    /// </summary>
    public static FolderNode Inner(FolderNode part)
    {
        FolderNode node = part;
        while (node.Images.Count == 0 && node.ImageFolders is [var only]
            && (LayoutNames.IsContainer(only.Name)
                || Names.Equals(only.Name, part.Name)
                || DatasetSubsetNames.Parse(only.Name) is not null))
        {
            node = only;
        }

        return node;
    }

    private static FolderReading Divided(FolderPart[] named, FolderNode[] unnamed, FolderNode[] folders, bool isForced)
    {
        List<FolderPart> parts = [.. named];
        FolderPart[] divided = Array.FindAll(named, p => HasClasses(p.Folder));
        bool hasTrain = Array.Exists(divided, p => p.Subset == DatasetSubset.Train);
        var warnings = new List<string>();
        string? ambiguity = null;
        if (!hasTrain || !Array.Exists(divided, p => p.Subset != DatasetSubset.Train))
        {
            var classes = divided.SelectMany(p => ClassNames(p.Folder)).ToHashSet(Names);
            FolderNode[] same = Array.FindAll(unnamed, f => HasClasses(f) && classes.IsSupersetOf(ClassNames(f)));
            FolderNode[] others = [.. unnamed.Except(same).Where(f => !LayoutNames.IsOfLayout(f.Name))];
            if (same is [var other])
            {
                DatasetSubset subset = hasTrain ? DatasetSubset.Validation : DatasetSubset.Train;
                parts.Add(new FolderPart(other, null, subset));
                warnings.Add($"the folder '{other.Name}' has the same class folders as '{divided[0].Folder.Name}', and is used for "
                    + (hasTrain ? "validation" : "training"));
            }
            else if (same.Length > 1 || others.Length > 1 || Array.Exists(others, HasClasses))
            {
                ambiguity = TwoReadings(folders, [.. divided.Select(p => p.Folder)], divided[0].Subset);
            }
        }

        return ambiguity is not null && isForced
            ? ClassFolders(folders, [], [])
            : new FolderReading(DatasetLayoutKind.DividedFolders, [.. parts.SelectMany(ClassesOf)])
            {
                Ambiguity = ambiguity,
                Warnings = warnings,
            };
    }

    private static FolderReading Undivided(FolderNode node, FolderPart[] named, FolderNode[] all, bool isForced)
    {
        FolderNode[] folders = Array.FindAll(all, f => !LayoutNames.IsCompanion(f.Name));
        folders = folders.Length == 0 ? all : folders;
        FolderNode[] containers = Array.FindAll(folders, f => LayoutNames.IsContainer(f.Name));
        if (folders.All(f => containers.Contains(f) || Array.Exists(named, p => p.Folder == f)) && folders.All(f => Inner(f).IsFlat))
        {
            return new FolderReading(DatasetLayoutKind.Images, [.. folders.Select(f =>
                new FolderPart(f, null, Array.Find(named, p => p.Folder == f)?.Subset ?? DatasetSubset.Unspecified, f))]);
        }

        if (containers is [var container] && folders.Length <= 2)
        {
            return container.IsFlat
                ? new FolderReading(DatasetLayoutKind.Images, [new FolderPart(container, null, DatasetSubset.Unspecified, container)])
                : Decide(container, isForced);
        }

        if (DividedClasses(folders) is { } dividedClasses)
        {
            return dividedClasses;
        }

        FolderNode[] repeated = Array.FindAll(folders, f => f.IsNested && Repeats(f, folders));
        folders = repeated.Length < folders.Length ? [.. folders.Except(repeated)] : folders;
        FolderNode[] nested = Array.FindAll(folders, f => f.IsNested && f.ImageFolders.Count(c => !LayoutNames.IsSorting(c.Name)) > 1);
        return isForced || nested.Length * 2 < folders.Length || nested.Length == 0
            ? ClassFolders(folders, repeated, Array.ConvertAll(nested, f =>
                $"the folders in '{f.Path.TrimEnd('/')}' ({List(f.ImageFolders.Select(c => c.Name))}) belong to the class '{f.Label}'"))
            : Nested(folders, nested);
    }

    private static FolderReading ClassFolders(FolderNode[] folders, FolderNode[] repeated, string[] warnings) => new(
        DatasetLayoutKind.ClassFolders, [.. folders.Select(f => new FolderPart(f, f.Label, DatasetSubset.Unspecified))])
    {
        Repeated = repeated,
        Warnings = warnings,
    };

    /// <summary>Folders whose children look like classes, though their own names do not say that they are a division.</summary>
    private static FolderReading Nested(FolderNode[] folders, FolderNode[] nested)
    {
        bool areSame = nested.Length == folders.Length && nested.Length > 1
            && nested.All(f => ClassNames(f).ToHashSet(Names).SetEquals(ClassNames(nested[0])));
        FolderNode[] bySize = [.. nested.OrderByDescending(f => f.ImagesBelow)];
        if (areSame && bySize is [var larger, var smaller] && larger.ImagesBelow >= MinRatio * smaller.ImagesBelow)
        {
            FolderPart[] parts =
                [new FolderPart(larger, null, DatasetSubset.Train), new FolderPart(smaller, null, DatasetSubset.Validation)];
            return new FolderReading(DatasetLayoutKind.DividedFolders, [.. parts.SelectMany(ClassesOf)])
            {
                Warnings =
                [
                    $"the folders '{larger.Name}' and '{smaller.Name}' have the same class folders: the larger, '{larger.Name}', is used "
                        + $"for training, the other for validation. --train and --validation choose, and --layout folders makes them "
                        + "classes",
                ],
            };
        }

        return ClassFolders(folders, [], []) with { Ambiguity = TwoReadings(folders, nested, DatasetSubset.Train) };
    }

    /// <summary>One folder per class, each with folders of a division; null for anything else.</summary>
    private static FolderReading? DividedClasses(FolderNode[] folders)
    {
        FolderPart[] parts =
        [
            .. folders.SelectMany(f => f.ImageFolders.Select(c => (Class: f, Folder: c, Subset: DatasetSubsetNames.Parse(c.Name))))
                .Where(p => p.Subset is not null).Select(p => new FolderPart(p.Folder, p.Class.Label, p.Subset!.Value, p.Class)),
        ];
        return folders.Length > 1 && folders.All(f => f.IsNested) && parts.Length == folders.Sum(f => f.ImageFolders.Count)
            && parts.Select(p => p.Subset).Distinct().Count() > 1
            ? new FolderReading(DatasetLayoutKind.DividedClasses, parts)
            : null;
    }

    /// <summary>The folders whose names are those of subsets: alone, or with a text that another of them has too.</summary>
    private static FolderPart[] Named(FolderNode[] folders)
    {
        var parts = new List<FolderPart>();
        ILookup<string, DatasetSubset> byRemainder = folders.Select(f => DatasetSubsetNames.Read(f.Name)).OfType<(DatasetSubset, string)>()
            .ToLookup(r => r.Item2, r => r.Item1);
        foreach (FolderNode folder in folders)
        {
            if (DatasetSubsetNames.Read(folder.Name) is { } read
                && (read.Remainder.Length == 0 || byRemainder[read.Remainder].Distinct().Count() > 1))
            {
                parts.Add(new FolderPart(folder, null, read.Subset));
            }
        }

        return [.. parts];
    }

    /// <summary>The class folders of a part; where it has none, the part itself without a label.</summary>
    private static IEnumerable<FolderPart> ClassesOf(FolderPart part) => HasClasses(part.Folder)
        ? Inner(part.Folder).ImageFolders.Select(c => new FolderPart(c, c.Label, part.Subset, part.Folder))
        : [part with { Outer = part.Folder }];

    private static bool HasClasses(FolderNode part)
    {
        FolderNode inner = Inner(part);
        return inner.ImageFolders.Count > 0 && inner.Images.Count * 2 <= inner.ImagesBelow;
    }

    private static IEnumerable<string> ClassNames(FolderNode part) => Inner(part).ImageFolders.Select(f => f.Label);

    private static bool Repeats(FolderNode folder, FolderNode[] siblings)
    {
        int known = ClassNames(folder).Count(n => siblings.Any(s => s != folder && Names.Equals(s.Label, n)));
        return known > 1 && known * 2 >= ClassNames(folder).Count();
    }

    private static string TwoReadings(FolderNode[] folders, FolderNode[] parts, DatasetSubset subset)
    {
        string option = subset switch
        {
            DatasetSubset.Train => "--train",
            DatasetSubset.Validation => "--validation",
            DatasetSubset.Test => "--test",
            DatasetSubset.Unspecified => throw new InvalidOperationException("a part has a subset"),
            _ => throw new InvalidOperationException($"unknown subset {subset}"),
        };
        string choice = parts is [var first, var second, ..] ? $"--train \"{first.Name}\" --validation \"{second.Name}\""
            : $"{option} \"{parts[0].Name}\"";
        return $"the classes may be its folders ({List(folders.Select(f => f.Name))}), which --layout folders chooses, or the folders in "
            + $"{List(parts.Select(p => $"'{p.Name}'"))} ({List(parts.SelectMany(ClassNames).Distinct())}), which options such as {choice} "
            + "choose, each with one or more folders (Layout, Train, Validation and Test of ImageDatasetOptions)";
    }

    private static string List(IEnumerable<string> names)
    {
        const int MaxNamed = 8;
        string[] all = [.. names];
        return string.Join(", ", all.Take(MaxNamed)) + (all.Length > MaxNamed ? ", ..." : "");
    }
}
