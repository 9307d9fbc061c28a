using TransferLearning.Backbones;
using TransferLearning.Backbones.Catalog;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>One backbone of the list. <see cref="Address"/>, <see cref="Sha256"/> and <see cref="Path"/> are null for a built-in
/// one.</summary>
internal sealed record ListedBackboneReport
{
    // Rounded. Neither has a top-1 accuracy: Microsoft publishes none, and compact knows Tiny-ImageNet's classes only.
    private const long ResNet18Bytes = 32_200_000;
    private const long CompactBytes = 2_500_000;

    public required string Name { get; init; }

    public required long Bytes { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The published top-1 accuracy on ImageNet, 0..1; null where there is none.</summary>
    public required double? Top1 { get; init; }

    public required string License { get; init; }

    /// <summary>Whether the network is built in, or its file is in the folder.</summary>
    public required bool Present { get; init; }

    public required string? Address { get; init; }

    public required string? Sha256 { get; init; }

    public required string? Path { get; init; }

    /// <summary>The built-in networks, then those of a catalog.</summary>
    public static IReadOnlyList<ListedBackboneReport> Of(BackboneCatalog catalog) =>
    [
        BuiltIn(BuiltInNames.ResNet18, ResNet18Bytes, 224),
        BuiltIn(BuiltInNames.Compact, CompactBytes, 128),
        .. catalog.Entries.Select(e => new ListedBackboneReport
        {
            Name = e.Name,
            Bytes = e.Bytes,
            Width = e.Preprocessing.Width,
            Height = e.Preprocessing.Height,
            Top1 = e.Top1,
            License = e.License,
            Present = catalog.IsFetched(e.Name),
            Address = e.Address.AbsoluteUri,
            Sha256 = e.Sha256,
            Path = catalog.PathOf(e.Name),
        }),
    ];

    private static ListedBackboneReport BuiltIn(string name, long bytes, int side) => new()
    {
        Name = name,
        Bytes = bytes,
        Width = side,
        Height = side,
        Top1 = null,
        License = "MIT",
        Present = true,
        Address = null,
        Sha256 = null,
        Path = null,
    };
}
