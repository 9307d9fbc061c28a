using System.Globalization;
using System.Text;

namespace TransferLearning.Data.Layouts;

/// <summary>Describes a layout in text.</summary>
internal static class LayoutDescription
{
    private const int MaxClasses = 20;
    private const int MaxSources = 6;

    /// <summary>The name of a kind, as in JSON.</summary>
    public static string Name(DatasetLayoutKind kind) => kind switch
    {
        DatasetLayoutKind.Images => "images",
        DatasetLayoutKind.ClassFolders => "class-folders",
        DatasetLayoutKind.DividedFolders => "divided-folders",
        DatasetLayoutKind.DividedClasses => "divided-classes",
        DatasetLayoutKind.Manifest => "manifest",
        DatasetLayoutKind.DividedManifests => "divided-manifests",
        _ => throw new InvalidOperationException($"unknown layout {kind}"),
    };

    /// <summary>The name of a kind of findings, as in JSON.</summary>
    public static string Name(DatasetFindingKind kind) => kind switch
    {
        DatasetFindingKind.NotAnImage => "not-an-image",
        DatasetFindingKind.OtherFormat => "other-format",
        DatasetFindingKind.OutsideLayout => "outside-layout",
        DatasetFindingKind.Repeated => "repeated",
        DatasetFindingKind.Missing => "missing",
        DatasetFindingKind.NotOneClass => "not-one-class",
        DatasetFindingKind.CircularLink => "circular-link",
        DatasetFindingKind.UnsafeName => "unsafe-name",
        DatasetFindingKind.SystemFile => "system-file",
        _ => throw new InvalidOperationException($"unknown kind of finding {kind}"),
    };

    public static string Of(DatasetLayout layout)
    {
        var text = new StringBuilder();
        bool isList = layout is { Kind: DatasetLayoutKind.Images, Classes.Count: > 0 };
        text.Append("layout: ").Append(isList ? "a list of images" : Phrase(layout.Kind));
        if (layout.Sources.Count > 0)
        {
            text.Append(" (").AppendJoin(", ", layout.Sources.Take(MaxSources).Select(s => $"'{s}'"))
                .Append(layout.Sources.Count > MaxSources ? ", ...)" : ")");
        }

        if (layout.Classes.Count > 0)
        {
            int more = layout.Classes.Count - MaxClasses;
            text.Append(CultureInfo.InvariantCulture, $"\nclasses: {layout.Classes.Count}: ")
                .AppendJoin(", ", layout.Classes.Take(MaxClasses).Select(c => $"{c.Name} ({c.Images})"))
                .Append(more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "");
        }

        text.Append("\ndivision: ").AppendJoin(", ", layout.Parts.Select(Describe));
        foreach (DatasetLeftOut left in layout.LeftOut)
        {
            text.Append('\n').Append(Of(left));
        }

        return text.ToString();
    }

    /// <summary>What was left out, of one kind.</summary>
    public static string Of(DatasetLeftOut left) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(left.Kind == DatasetFindingKind.SystemFile ? "ignored" : "left out")}: {left.Count} {Phrase(left.Kind, left.Count)}, "
        + $"{(left.Count == 1 ? "" : "first ")}'{left.FirstPath}'");

    private static string Phrase(DatasetLayoutKind kind) => kind switch
    {
        DatasetLayoutKind.Images => "images without labels",
        DatasetLayoutKind.ClassFolders => "one folder per class",
        DatasetLayoutKind.DividedFolders => "a folder for each part, with one folder per class",
        DatasetLayoutKind.DividedClasses => "one folder per class, with a folder for each part",
        DatasetLayoutKind.Manifest => "a manifest with labels",
        DatasetLayoutKind.DividedManifests => "a manifest for each part",
        _ => throw new InvalidOperationException($"unknown layout {kind}"),
    };

    private static string Describe(DatasetPart part)
    {
        string purpose = part.Subset switch
        {
            DatasetSubset.Unspecified => "none,",
            DatasetSubset.Train => "training",
            DatasetSubset.Validation => "validation",
            DatasetSubset.Test => "test",
            _ => throw new InvalidOperationException($"unknown subset {part.Subset}"),
        };
        string count = string.Create(CultureInfo.InvariantCulture, $"{part.Images} {(part.Images == 1 ? "image" : "images")}");
        string labels = part.Labeled == part.Images ? ""
            : part.Labeled == 0 ? " without labels"
            : string.Create(CultureInfo.InvariantCulture, $", {part.Images - part.Labeled} of them without a label");
        return $"{purpose} {count}{labels}";
    }

    private static string Phrase(DatasetFindingKind kind, int count) => (kind, count == 1) switch
    {
        (DatasetFindingKind.NotAnImage, true) => "file that is no image",
        (DatasetFindingKind.NotAnImage, false) => "files that are no images",
        (DatasetFindingKind.OtherFormat, true) => "image in a format that is not read",
        (DatasetFindingKind.OtherFormat, false) => "images in formats that are not read",
        (DatasetFindingKind.OutsideLayout, true) => "image outside these folders or manifests",
        (DatasetFindingKind.OutsideLayout, false) => "images outside these folders or manifests",
        (DatasetFindingKind.Repeated, true) => "image in a folder that repeats the class folders",
        (DatasetFindingKind.Repeated, false) => "images in folders that repeat the class folders",
        (DatasetFindingKind.Missing, true) => "image that is named but not there",
        (DatasetFindingKind.Missing, false) => "images that are named but not there",
        (DatasetFindingKind.NotOneClass, true) => "image of no class or several",
        (DatasetFindingKind.NotOneClass, false) => "images of no class or several",
        (DatasetFindingKind.CircularLink, true) => "link to a folder that contains it",
        (DatasetFindingKind.CircularLink, false) => "links to folders that contain them",
        (DatasetFindingKind.SystemFile, true) => "file or folder of the system",
        (DatasetFindingKind.SystemFile, false) => "files and folders of the system",
        _ => throw new InvalidOperationException($"unknown kind of finding {kind}"),
    };
}
