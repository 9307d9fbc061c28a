namespace TransferLearning.Cli.Tests;

/// <summary>The tests that share one <see cref="SampleSet"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SampleSetTests : ICollectionFixture<SampleSet>
{
    public const string Name = "sample set";
}
