namespace TransferLearning.Samples.Tests;

/// <summary>The tests of this collection share the drawn images and the model.</summary>
[CollectionDefinition(Name)]
public sealed class SharedShapes : ICollectionFixture<Shapes>
{
    public const string Name = "shapes";
}
