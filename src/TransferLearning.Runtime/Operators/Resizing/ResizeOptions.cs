namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>The attributes of a <see cref="ResizeOperator"/>, each checked. Immutable.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="Coordinates">The transformation of output positions to input coordinates: see <see cref="ResizeAxis.Coordinate"/>.</param>
/// <param name="Rounding">Which of two neighboring elements is the nearest to a coordinate between them.</param>
/// <param name="CubicCoefficient">The a of the cubic kernel.</param>
/// <param name="Antialiases">Whether the kernel is stretched where the output is smaller, so that every input element counts.</param>
/// <param name="ExcludesOutside">Whether positions beyond the input have no weight; otherwise they have the values of its edges.</param>
/// <param name="Extrapolation">The output at coordinates of tf_crop_and_resize outside the input.</param>
/// <param name="Policy">What is done with sizes that would change the aspect ratio: stretch, not_larger or not_smaller.</param>
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
    /// <summary>The transformation that resizes only a region of interest.</summary>
    public const string Crop = "tf_crop_and_resize";

    private const int OpsetWithCoordinates = 11;

    public bool Crops => Coordinates == Crop;

    /// <summary>
    /// Whether the node has an attribute for the transformation of coordinates. Upsample, and Resize of operator set 10, always use
    /// "asymmetric".
    /// </summary>
    public static bool HasCoordinates(OperatorCall call) => call.Opset >= OpsetWithCoordinates && call.Node.OperatorName == "Resize";

    /// <exception cref="InvalidNetworkException">An attribute has a value that is not known.</exception>
    public static ResizeOptions Of(OperatorCall call)
    {
        bool chooses = HasCoordinates(call);
        string mode = chooses
            ? call.Choice("mode", "nearest", "linear", "cubic")
            : call.Choice("mode", "nearest", "linear", "bilinear");
        return new ResizeOptions(
            mode == "bilinear" ? "linear" : mode,
            chooses
                ? call.Choice(
                    "coordinate_transformation_mode",
                    "half_pixel",
                    "half_pixel_symmetric",
                    "pytorch_half_pixel",
                    "align_corners",
                    "asymmetric",
                    "tf_half_pixel_for_nn",
                    Crop)
                : "asymmetric",
            chooses ? call.Choice("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil") : "floor",
            call.Attributes.Float("cubic_coeff_a", -0.75f),
            call.Attributes.Integer("antialias", 0) != 0,
            call.Attributes.Integer("exclude_outside", 0) != 0,
            call.Attributes.Float("extrapolation_value", 0),
            call.Choice("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller"));
    }
}
