using System.Collections.Immutable;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Resizing;

/// <summary>Resamples any axes to given sizes or by given scales: by the nearest element, linearly, or with a cubic kernel.</summary>
internal sealed class ResizeOperator(string name, int maxInputs, params string[] attributes) : Operator(name, 1, maxInputs, attributes)
{
    public override ImmutableArray<TensorType> InferTypes(OperatorCall call) =>
        [call.Type(0) with { Shape = OutputShape(ResizePlan.Of(call, ResizeOptions.Of(call))) }];

    public override Tensor[] Evaluate(OperatorCall call)
    {
        var options = ResizeOptions.Of(call);
        ResizeAxis[] axes = ResizePlan.Of(call, options);
        var filter = new ResizeFilter(options);
        Tensor input = call.Value(0);
        double[] values = input.ToDoubles();
        int[] extents = input.Shape.Dimensions.ToArray();

        // All the kernels are separable, so one axis follows the other.
        for (int axis = 0; axis < axes.Length; axis++)
        {
            (int Position, double Weight)[]?[] taps =
                [.. Enumerable.Range(0, axes[axis].Output).Select(position => filter.Taps(axes[axis], position))];
            values = Resample(values, extents, axis, taps, options.Extrapolation);
            extents[axis] = taps.Length;
        }

        return [TensorConversion.FromDoubles(input.Type, OutputShape(axes), values)];
    }

    private static Shape OutputShape(ResizeAxis[] axes) => new([.. axes.Select(a => a.Output)]);

    /// <summary>Resamples one axis of a row-major array.</summary>
    /// <param name="values">The array.</param>
    /// <param name="extents">Its extents.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="taps">The input positions and weights of each output position of the axis.</param>
    /// <param name="outside">The value at output positions without any.</param>
    private static double[] Resample(
        double[] values, ReadOnlySpan<int> extents, int axis, (int Position, double Weight)[]?[] taps, double outside)
    {
        int inner = new Shape(extents[(axis + 1)..]).Length;
        int outer = new Shape(extents[..axis]).Length;
        double[] result = new double[outer * taps.Length * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int position = 0; position < taps.Length; position++)
            {
                Span<double> target = result.AsSpan(((o * taps.Length) + position) * inner, inner);
                if (taps[position] is not { } sources)
                {
                    target.Fill(outside);
                    continue;
                }

                foreach ((int source, double weight) in sources)
                {
                    ReadOnlySpan<double> line = values.AsSpan(((o * extents[axis]) + source) * inner, inner);
                    for (int i = 0; i < inner; i++)
                    {
                        target[i] += line[i] * weight;
                    }
                }
            }
        }

        return result;
    }
}
