namespace TransferLearning.Data.Manifests;

/// <summary>The images that a manifest names. Immutable.</summary>
/// <param name="Path">The manifest, as messages name it.</param>
/// <param name="Images">The images that are there, in the order of the rows.</param>
/// <param name="Files">[Images]: their paths in the listing.</param>
/// <param name="Dropped">The paths in the listing of images that are there, but were left out.</param>
/// <param name="Findings">What was left out.</param>
/// <param name="Columns">The columns.</param>
internal sealed record ManifestImages(
    string Path,
    IReadOnlyList<LabeledImage> Images,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<DatasetFinding> Findings,
    ManifestColumns Columns)
{
    /// <summary>The message where no image has a label.</summary>
    public string NoLabels => Columns.HasHeader
        ? $"'{Path}' has no labels: none of its columns {string.Join(", ", Columns.Names)} was recognized as that of labels; "
            + "--label-column names it (LabelColumn of ImageDatasetOptions)"
        : $"'{Path}' has no labels: expected rows path,label";
}
