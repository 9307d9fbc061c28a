namespace TransferLearning.Data.Layouts;

/// <summary>A folder whose images, with all below, have one label and are for one purpose. Immutable.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Label">The class; null where the folder does not say it.</param>
/// <param name="Subset">The subset.</param>
/// <param name="Outer">The folder of the division that it is in; null where there is none.</param>
internal sealed record FolderPart(FolderNode Folder, string? Label, DatasetSubset Subset, FolderNode? Outer = null);
