using TransferLearning.Runtime.Operators.Resizing;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Operators that rearrange elements or change the shape alone.</summary>
internal static class ShapingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new IdentityOperator { HasKernel = true },
        new DropoutOperator { MaxOutputs = 2, HasKernel = true },
        new FlattenOperator { HasKernel = true },
        new ReshapeOperator { HasKernel = true },
        new SqueezeOperator { HasKernel = true },
        new UnsqueezeOperator { HasKernel = true },
        new TransposeOperator { HasKernel = true },
        new ExpandOperator { FirstOpset = 8, HasKernel = true },
        new TileOperator(),
        new DepthToSpaceOperator(),
        new SpaceToDepthOperator(),
        new ShapeOperator(),
        new SizeOperator(),
        new ResizeOperator(
            "Resize",
            4,
            "antialias",
            "axes",
            "coordinate_transformation_mode",
            "cubic_coeff_a",
            "exclude_outside",
            "extrapolation_value",
            "keep_aspect_ratio_policy",
            "mode",
            "nearest_mode") { FirstOpset = 10 },
        new ResizeOperator("Upsample", 2, "mode", "scales") { LastOpset = 9 },
    ];
}
