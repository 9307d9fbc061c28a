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
        Tensor input = call.Value(0), values = input.To(ElementType.Float32);
        int[] extents = input.Shape.Dimensions.ToArray();

        // All the kernels are separable, so one axis follows the other.
        int[] changed = [.. Enumerable.Range(0, axes.Length).Where(a => !axes[a].Keeps)];
        foreach (int axis in changed)
        {
            (int Position, double Weight)[]?[] taps =
                [.. Enumerable.Range(0, axes[axis].Output).Select(position => filter.Taps(axes[axis], position))];
            bool isLast = axis == changed[^1] && input.Type == ElementType.Float32;
            int length = values.Length / Math.Max(1, extents[axis]) * taps.Length;
            TensorBuffer<float> target = isLast ? call.Memory.Output<float>(0, length) : call.Memory.Temporary<float>(length);
            ResizeLoops.Run(call, values, extents, axis, taps, (float)options.Extrapolation, target);
            extents[axis] = taps.Length;
            values = target.ToTensor(new Shape(extents));
        }

        return [values.To(input.Type)];
    }

    private static Shape OutputShape(ResizeAxis[] axes) => new([.. axes.Select(a => a.Output)]);
}
