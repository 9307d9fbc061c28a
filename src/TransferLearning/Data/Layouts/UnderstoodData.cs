using System.Collections.Immutable;

namespace TransferLearning.Data.Layouts;

/// <summary>The images of a folder, archive or manifest, with what was understood of it. Immutable.</summary>
/// <param name="Name">The folder, archive or manifest, as messages name it.</param>
/// <param name="Images">The images, at least one.</param>
/// <param name="Findings">What was left out or is odd.</param>
/// <param name="Layout">The layout.</param>
internal sealed record UnderstoodData(
    string Name, ImmutableArray<LabeledImage> Images, ImmutableArray<DatasetFinding> Findings, DatasetLayout Layout)
{
    /// <summary>Counts classes, parts and findings.</summary>
    public static UnderstoodData Of(
        string name,
        DatasetLayoutKind kind,
        IEnumerable<string> sources,
        IReadOnlyList<LabeledImage> images,
        IReadOnlyList<DatasetFinding> findings,
        IReadOnlyList<string> ignored,
        IEnumerable<string> warnings)
    {
        List<DatasetLeftOut> leftOut =
            [.. findings.GroupBy(f => f.Kind).OrderBy(g => g.Key).Select(g => new DatasetLeftOut(g.Key, g.Count(), g.First().Path))];
        if (ignored.Count > 0)
        {
            leftOut.Add(new DatasetLeftOut(DatasetFindingKind.SystemFile, ignored.Count, ignored.Min(StringComparer.Ordinal)!));
        }

        return new UnderstoodData(name, [.. images], [.. findings], new DatasetLayout
        {
            Kind = kind,
            Sources = [.. sources],
            Classes =
            [
                .. images.Where(i => i.Label is not null).CountBy(i => i.Label!, StringComparer.Ordinal)
                    .OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new DatasetClass(c.Key, c.Value)),
            ],
            Parts =
            [
                .. images.GroupBy(i => i.Subset).OrderBy(g => g.Key)
                    .Select(g => new DatasetPart(g.Key, g.Count(), g.Count(i => i.Label is not null))),
            ],
            LeftOut = leftOut,
            Warnings = [.. warnings, .. ClassNames.Warnings(images)],
        });
    }
}
