using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>Computes the axes of a <see cref="ResizeOperator"/> from its scales or sizes, which may be given for some axes only.</summary>
internal static class ResizePlan
{
    private const int MaxExtent = 1 << 24;

    /// <exception cref="InvalidNetworkException">The inputs do not fit each other.</exception>
    public static ResizeAxis[] Of(OperatorCall call, ResizeOptions options)
    {
        Shape input = call.Shape(0);
        int[] resized = call.Attributes.Integers("axes") is { } given
            ? [.. given.Select(a => call.Axis(a, input.Rank))]
            : [.. Enumerable.Range(0, input.Rank)];
        int[] extents = [.. resized.Select(a => input[a])];
        (double Start, double End)[] regions = Regions(call, options, resized.Length);
        ResizeAxis[] axes = [.. Enumerable.Range(0, input.Rank).Select(a => ResizeAxis.Unchanged(input[a]))];
        (double[]? scales, long[]? sizes) = Target(call);
        if ((scales?.Length ?? sizes!.Length) != resized.Length)
        {
            throw call.Error($"its scales or sizes are not {resized.Length}, one per axis to resize of its input {input}");
        }

        double? common = sizes is not null ? CommonScale(extents, sizes, options.Policy) : null;
        for (int i = 0; i < resized.Length; i++)
        {
            (double start, double end) = regions[i];
            double scale = common ?? scales?[i] ?? ((double)sizes![i] / extents[i]);

            // In float32, like the scales: 5 elements by 1.4 are 7, where in double they are a little less and would become 6.
            double length = scales is not null ? (float)(extents[i] * (end - start) * scale)
                : common is not null ? extents[i] * scale
                : sizes![i];
            double size = Math.Floor(common is not null ? length + 0.5 : length);
            axes[resized[i]] = size is >= 0 and <= MaxExtent && scale > 0 && extents[i] > 0
                ? new ResizeAxis(extents[i], (int)size, length, scale, start, end)
                : throw call.Error($"it would make {size} elements (0 to 2^24 are possible) of {extents[i]}");
        }

        return axes;
    }

    private static (double[]? Scales, long[]? Sizes) Target(OperatorCall call)
    {
        if (call.Attributes.Floats("scales") is { } attribute)
        {
            return ([.. attribute.Select(s => (double)s)], null);
        }

        bool hasSizes = ResizeOptions.HasCoordinates(call);
        Tensor? scales = call.ValueOrNull(hasSizes ? 2 : 1);
        Tensor? sizes = hasSizes ? call.ValueOrNull(3) : null;
        return scales is { Length: > 0 } ? (scales.ToDoubles(), null)
            : sizes is { Length: > 0 } ? (null, call.ToIntegers(sizes))
            : throw call.Error("it has no scales and no sizes");
    }

    /// <summary>
    /// The one scale that keeps the aspect ratio, within the sizes or around them; null where each axis has its own scale.
    /// </summary>
    private static double? CommonScale(int[] extents, long[] sizes, string policy)
    {
        IEnumerable<double> scales = sizes.Zip(extents, (size, extent) => (double)size / extent);
        return policy switch
        {
            "not_larger" => scales.Min(),
            "not_smaller" => scales.Max(),
            "stretch" => null,
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "not an aspect ratio policy"),
        };
    }

    /// <summary>The region of each axis that is resized, as fractions of the input, from [starts..., ends...].</summary>
    private static (double Start, double End)[] Regions(OperatorCall call, ResizeOptions options, int axes)
    {
        if (!options.Crops)
        {
            return [.. Enumerable.Repeat((0.0, 1.0), axes)];
        }

        double[] region = call.Value(1).ToDoubles();
        return region.Length == 2 * axes
            ? [.. Enumerable.Range(0, axes).Select(i => (region[i], region[axes + i]))]
            : throw call.Error($"its region of interest has {region.Length} values where {2 * axes} are needed, the starts and the ends");
    }
}
