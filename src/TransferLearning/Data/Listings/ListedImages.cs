using System.Collections.Immutable;

namespace TransferLearning.Data.Listings;

/// <summary>The images that a folder, archive or manifest was found to hold, with what was left out. Immutable.</summary>
/// <param name="Name">The folder, archive or manifest, as messages name it.</param>
/// <param name="Images">The images, at least one.</param>
/// <param name="Findings">What was left out or is odd.</param>
internal sealed record ListedImages(string Name, ImmutableArray<LabeledImage> Images, ImmutableArray<DatasetFinding> Findings);
