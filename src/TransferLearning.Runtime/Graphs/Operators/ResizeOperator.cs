using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs.Operators;

/// <summary>
/// Resamples along any axes to given sizes or by given scales, by the nearest element or linearly. Upsample, and Resize of operator set 10,
/// place the elements by their corners (asymmetric); Resize since 11 as its attribute says.
/// </summary>
internal sealed class ResizeOperator(string name, int maxInputs, params string[] attributes) : Operator(name, 1, maxInputs, attributes)
{
    private const int OpsetWithModes = 11;

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        Plan(call, out Shape output);
        return [call.Type(0) with { Shape = output }];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        ResizeAxis[] axes = Plan(call, out Shape output);
        string mode = call.Attributes.Text("mode", "nearest");
        Tensor input = call.Value(0);
        double[] values = input.ToDoubles();
        int[] extents = input.Shape.Dimensions.ToArray();

        // Linear interpolation is separable, and the nearest element too: one axis after the other.
        for (int axis = 0; axis < axes.Length; axis++)
        {
            values = mode == "nearest"
                ? ResizeAxis.Apply(values, extents, axis, output[axis], axes[axis].Nearest)
                : ResizeAxis.Apply(values, extents, axis, output[axis], axes[axis].Linear);
            extents[axis] = output[axis];
        }

        return [TensorConversion.FromDoubles(input.Type, output, values)];
    }

    private static ResizeAxis[] Plan(OperatorCall call, out Shape output)
    {
        Shape input = call.Shape(0);
        bool hasModes = call.Opset >= OpsetWithModes && call.Node.OperatorName == "Resize";
        string mode = call.Attributes.Text("mode", "nearest");
        if (mode is not ("nearest" or "linear" or "bilinear"))
        {
            throw call.Error($"its mode '{mode}' is not one of nearest and linear, which are supported");
        }

        if (call.Attributes.Integer("antialias", 0) != 0 || call.Attributes.Text("keep_aspect_ratio_policy", "stretch") != "stretch")
        {
            throw call.Error("its attributes antialias and keep_aspect_ratio_policy are not supported");
        }

        string coordinates = hasModes ? call.Attributes.Text("coordinate_transformation_mode", "half_pixel") : "asymmetric";
        string rounding = hasModes ? call.Attributes.Text("nearest_mode", "round_prefer_floor") : "floor";
        int[] which = call.Attributes.Integers("axes") is { } given
            ? [.. given.Select(a => call.Axis(a, input.Rank))]
            : [.. Enumerable.Range(0, input.Rank)];
        (double[]? scales, long[]? sizes) = Target(call, hasModes);
        if ((scales?.Length ?? sizes!.Length) != which.Length)
        {
            throw call.Error($"its scales or sizes do not fit its input {input}");
        }

        int[] extents = input.Dimensions.ToArray();
        var axes = new ResizeAxis[input.Rank];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            int i = Array.IndexOf(which, axis);
            int size = i < 0 ? extents[axis] : (int)(sizes?[i] ?? Math.Floor(extents[axis] * scales![i]));
            double scale = i < 0 ? 1 : scales?[i] ?? (double)size / extents[axis];
            axes[axis] = new ResizeAxis(extents[axis], size, scale, coordinates, rounding, call);
            extents[axis] = size;
        }

        output = new Shape(extents);
        return axes;
    }

    private static (double[]? Scales, long[]? Sizes) Target(OperatorCall call, bool hasModes)
    {
        if (call.Attributes.Floats("scales") is { } attribute)
        {
            return ([.. attribute.Select(s => (double)s)], null);
        }

        Tensor? scales = call.ValueOrNull(hasModes ? 2 : 1);
        Tensor? sizes = hasModes ? call.ValueOrNull(3) : null;
        return scales is { Length: > 0 } ? (scales.ToDoubles(), null)
            : sizes is { Length: > 0 } ? (null, call.ToIntegers(sizes))
            : throw call.Error("it has no scales and no sizes");
    }
}
