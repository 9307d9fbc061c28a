namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>Operators that rearrange elements, or only their shape.</summary>
internal static class Shapes
{
    public static IEnumerable<Operator> All =>
    [
        new IdentityOperator(),
        new DropoutOperator(),
        new FlattenOperator(),
        new ReshapeOperator(),
        new SqueezeOperator(),
        new UnsqueezeOperator(),
        new TransposeOperator(),
        new ExpandOperator(),
        new TileOperator(),
        new DepthToSpaceOperator(),
        new SpaceToDepthOperator(),
        new ShapeOperator(),
        new SizeOperator(),
    ];
}
