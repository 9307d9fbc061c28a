using System.Collections.Immutable;

namespace TransferLearning.Backbones.Catalog;

/// <summary>The names of the networks that come with the library, which no network of a catalog may have.</summary>
internal static class BuiltInNames
{
    public const string Compact = "compact";

    public const string ResNet18 = "resnet18";

    public static ImmutableArray<string> All { get; } = [ResNet18, Compact];
}
