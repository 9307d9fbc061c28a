namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>
/// One axis of a <see cref="ResizeOperator"/>: the coordinates of its output elements among its input elements. Immutable.
/// </summary>
/// <param name="Input">The number of input elements.</param>
/// <param name="Output">The number of output elements.</param>
/// <param name="Length">The output's extent before it was rounded to a whole number.</param>
/// <param name="Scale">The output's extent as a multiple of the input's.</param>
/// <param name="Start">The start of the region of interest, as a fraction of the input; only tf_crop_and_resize has one.</param>
/// <param name="End">Its end, as a fraction of the input.</param>
internal sealed record ResizeAxis(int Input, int Output, double Length, double Scale, double Start, double End)
{
    /// <summary>An axis that is not resized.</summary>
    public static ResizeAxis Unchanged(int extent) => new(extent, extent, extent, 1, 0, 1);

    /// <summary>Whether the output elements are the input elements.</summary>
    public bool Keeps => Scale == 1 && Input == Output && Start == 0 && End == 1;

    /// <summary>
    /// The coordinate of an output element, in input elements from the center of the first. Like ONNX's own implementation, but unlike
    /// ONNX Runtime, align_corners spans the length that the scale gives even if that is not a whole number.
    /// </summary>
    /// <param name="transformation">The value of ONNX's attribute coordinate_transformation_mode.</param>
    /// <param name="position">The position in the output.</param>
    public double Coordinate(string transformation, int position) => transformation switch
    {
        _ when Keeps => position,
        "half_pixel" => HalfPixel(position),
        "half_pixel_symmetric" => HalfPixel(position) + (Input / 2.0 * (1 - (Output / Length))),
        "pytorch_half_pixel" => Output > 1 ? HalfPixel(position) : 0,
        "align_corners" => Output > 1 ? position * (Input - 1) / (Length - 1) : 0,
        "asymmetric" => position / Scale,
        "tf_half_pixel_for_nn" => (position + 0.5) / Scale,
        ResizeOptions.Crop => (Input - 1) * (Output > 1 ? Start + (position * (End - Start) / (Length - 1)) : (Start + End) / 2),
        _ => throw new ArgumentOutOfRangeException(nameof(transformation), transformation, "not a coordinate transformation"),
    };

    private double HalfPixel(int position) => ((position + 0.5) / Scale) - 0.5;
}
