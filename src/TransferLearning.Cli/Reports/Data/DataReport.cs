using TransferLearning.Data;
using TransferLearning.Data.Layouts;

namespace TransferLearning.Cli.Reports.Data;

/// <summary>What was understood of a data set. The names are part of the command's contract.</summary>
internal sealed record DataReport(
    string Name,
    string Layout,
    IReadOnlyList<string> Sources,
    int Images,
    IReadOnlyList<DataClassReport> Classes,
    IReadOnlyList<DataPartReport> Division,
    IReadOnlyList<DataLeftOutReport> LeftOut,
    IReadOnlyList<string> Warnings)
{
    public static DataReport Of(ImageDataset data) => new(
        data.Name,
        LayoutDescription.Name(data.Layout.Kind),
        data.Layout.Sources,
        data.Count,
        [.. data.Layout.Classes.Select(c => new DataClassReport(c.Name, c.Images))],
        [.. data.Layout.Parts.Select(p => new DataPartReport(NameOf(p.Subset), p.Images, p.Labeled))],
        [.. data.Layout.LeftOut.Select(l => new DataLeftOutReport(LayoutDescription.Name(l.Kind), l.Count, l.FirstPath))],
        data.Layout.Warnings);

    private static string? NameOf(DatasetSubset subset) => subset switch
    {
        DatasetSubset.Unspecified => null,
        DatasetSubset.Train => "train",
        DatasetSubset.Validation => "validation",
        DatasetSubset.Test => "test",
        _ => throw new InvalidOperationException($"unknown subset {subset}"),
    };
}
