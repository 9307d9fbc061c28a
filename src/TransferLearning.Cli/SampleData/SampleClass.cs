using System.Collections.Immutable;
using TransferLearning.Cli.SampleData.Patterns;

namespace TransferLearning.Cli.SampleData;

/// <summary>A class of the sample data: its label, and a function that creates a random pattern of the class.</summary>
internal sealed record SampleClass(string Label, Func<SampleRandom, IPattern> CreatePattern)
{
    /// <summary>All classes, in the order of their labels.</summary>
    public static ImmutableArray<SampleClass> All { get; } =
    [
        new("bark", random => new Bark(random)),
        new("checks", random => new Checks(random)),
        new("dots", random => new Dots(random)),
        new("rings", random => new Rings(random)),
        new("stripes", random => new Stripes(random)),
        new("triangles", random => new Triangles(random)),
    ];
}
