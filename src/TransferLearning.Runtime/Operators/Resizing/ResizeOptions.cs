namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>What the attributes of a <see cref="ResizeOperator"/> say, each checked. Immutable.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="Coordinates">How positions of the output become coordinates of the input: see <see cref="ResizeAxis.Coordinate"/>.</param>
/// <param name="Rounding">Which element is the nearest to a coordinate between two.</param>
/// <param name="CubicCoefficient">The a of the cubic kernel.</param>
/// <param name="Antialiases">Whether the kernel is stretched where the output is smaller, so that all of the input counts.</param>
/// <param name="ExcludesOutside">Whether positions beyond the input count for nothing; otherwise its edges go on.</param>
/// <param name="Extrapolation">The output where tf_crop_and_resize leaves the input.</param>
/// <param name="Policy">What sizes mean that change the aspect ratio: stretch, not_larger or not_smaller.</param>
internal sealed record ResizeOptions(
    string Mode,
    string Coordinates,
    string Rounding,
    double CubicCoefficient,
    bool Antialiases,
    bool ExcludesOutside,
    double Extrapolation,
    string Policy)
{
    /// <summary>The coordinates of the region of interest alone.</summary>
    public const string Crop = "tf_crop_and_resize";

    private const int OpsetWithCoordinates = 11;

    public bool Crops => Coordinates == Crop;

    /// <summary>
    /// Whether the node can say how coordinates are transformed. Upsample, and Resize of operator set 10, place elements by their corners
    /// (asymmetric).
    /// </summary>
    public static bool HasCoordinates(OperatorCall call) => call.Opset >= OpsetWithCoordinates && call.Node.OperatorName == "Resize";

    /// <exception cref="InvalidNetworkException">An attribute has a value that is not known.</exception>
    public static ResizeOptions Of(OperatorCall call)
    {
        bool chooses = HasCoordinates(call);
        string mode = chooses
            ? Choice(call, "mode", "nearest", "linear", "cubic")
            : Choice(call, "mode", "nearest", "linear", "bilinear");
        return new ResizeOptions(
            mode == "bilinear" ? "linear" : mode,
            chooses
                ? Choice(
                    call,
                    "coordinate_transformation_mode",
                    "half_pixel",
                    "half_pixel_symmetric",
                    "pytorch_half_pixel",
                    "align_corners",
                    "asymmetric",
                    "tf_half_pixel_for_nn",
                    Crop)
                : "asymmetric",
            chooses ? Choice(call, "nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil") : "floor",
            call.Attributes.Float("cubic_coeff_a", -0.75f),
            call.Attributes.Integer("antialias", 0) != 0,
            call.Attributes.Integer("exclude_outside", 0) != 0,
            call.Attributes.Float("extrapolation_value", 0),
            Choice(call, "keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller"));
    }

    /// <summary>One of the values that an attribute may have; the first where it is absent.</summary>
    private static string Choice(OperatorCall call, string attribute, params string[] known)
    {
        string value = call.Attributes.Text(attribute, known[0]);
        return known.Contains(value) ? value : throw call.Error($"its {attribute} '{value}' is not one of {string.Join(", ", known)}");
    }
}
