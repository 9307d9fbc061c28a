using System.Collections.Immutable;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Operators.Strides;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Convolution;

/// <summary>A tensor of float32 with one label per axis, each once: an operand of an <see cref="EinsumOperator"/>. Immutable.</summary>
internal sealed record LabeledTensor(Tensor Values, ImmutableArray<int> Labels)
{
    /// <summary>A tensor with labels for its axes; of axes with one label, the diagonal.</summary>
    public static LabeledTensor Of(OperatorCall call, Tensor values, ImmutableArray<int> labels)
    {
        ImmutableArray<int> distinct = [.. labels.Distinct()];
        if (distinct.Length == labels.Length)
        {
            return new LabeledTensor(values, labels);
        }

        int[] own = StridedIndex.StridesOf(values.Shape), strides = new int[distinct.Length], extents = new int[distinct.Length];
        for (int axis = 0; axis < labels.Length; axis++)
        {
            int place = distinct.IndexOf(labels[axis]);
            strides[place] += values.Shape[axis] == 1 ? 0 : own[axis];
            extents[place] = Math.Max(extents[place], values.Shape[axis]);
        }

        return new LabeledTensor(StridedCopy.Rearrange(call, values, new Shape(extents), strides), distinct);
    }

    /// <summary>The sum over all axes but those with some labels.</summary>
    public LabeledTensor Sum(OperatorCall call, HashSet<int> kept)
    {
        if (Labels.All(kept.Contains))
        {
            return this;
        }

        ImmutableArray<int> ordered = [.. Labels.Where(kept.Contains), .. Labels.Where(l => !kept.Contains(l))];
        int count = Labels.Count(kept.Contains);
        LabeledTensor sorted = Order(call, ordered);
        var shape = new Shape(sorted.Values.Shape.Dimensions[..count]);
        int length = sorted.Values.Length / Math.Max(1, shape.Length);
        float[] sums = new float[shape.Length];
        call.For(sums.Length, length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                sums[i] = (float)VectorSums.Of(sorted.Values.Floats.Slice(i * length, length)).Sum;
            }
        });

        return new LabeledTensor(Tensor.Create(shape, sums), ordered[..count]);
    }

    /// <summary>The axes in the order of some labels; labels that are missing become axes of extent 1.</summary>
    public LabeledTensor Order(OperatorCall call, ImmutableArray<int> labels)
    {
        if (labels.SequenceEqual(Labels))
        {
            return this;
        }

        int[] own = StridedIndex.StridesOf(Values.Shape);
        int[] places = [.. labels.Select(l => Labels.IndexOf(l))];
        var shape = new Shape([.. places.Select(p => p < 0 ? 1 : Values.Shape[p])]);
        return new LabeledTensor(StridedCopy.Rearrange(call, Values, shape, [.. places.Select(p => p < 0 ? 0 : own[p])]), labels);
    }

    /// <summary>
    /// The product with another tensor, summed over the labels that are not kept: matrix products, one for each index of the labels that
    /// both have and the result keeps.
    /// </summary>
    public LabeledTensor Multiply(OperatorCall call, LabeledTensor other, HashSet<int> kept)
    {
        LabeledTensor left = Sum(call, [.. other.Labels, .. kept]), right = other.Sum(call, [.. Labels, .. kept]);
        int[] shared = [.. left.Labels.Where(right.Labels.Contains)];

        // An axis of extent 1 in one operand repeats for the other: it takes no part in the sum of products.
        int[] batch = [.. shared.Where(l => kept.Contains(l) || left.ExtentOf(l) != right.ExtentOf(l))];
        int[] summed = [.. shared.Except(batch)];
        int[] rows = [.. left.Labels.Except(shared)], columns = [.. right.Labels.Except(shared)];
        left = left.Order(call, [.. batch, .. rows, .. summed]);
        right = right.Order(call, [.. batch, .. summed, .. columns]);
        Shape leftBatch = left.Part(0, batch.Length), rightBatch = right.Part(0, batch.Length);
        Shape products = Broadcasting.Combine(leftBatch, rightBatch) ?? throw call.Error("its inputs do not fit each other");
        Shape rowShape = left.Part(batch.Length, rows.Length), columnShape = right.Part(batch.Length + summed.Length, columns.Length);
        (int m, int n, int k) = (rowShape.Length, columnShape.Length, left.Part(batch.Length + rows.Length, summed.Length).Length);
        int[] leftPositions = Broadcasting.Positions(leftBatch, products), rightPositions = Broadcasting.Positions(rightBatch, products);
        (int, int, int)[] starts =
            [.. Enumerable.Range(0, products.Length).Select(i => (leftPositions[i] * m * k, rightPositions[i] * k * n, i * m * n))];
        TensorBuffer<float> result = call.Memory.Temporary<float>(products.Length * m * n);
        MatrixProduct.Run(
            call, MatrixView.RowMajor(left.Values, k), MatrixView.RowMajor(right.Values, n), starts, m, k, n, result);
        var shape = new Shape([.. products.Dimensions, .. rowShape.Dimensions, .. columnShape.Dimensions]);
        return new LabeledTensor(result.ToTensor(shape), [.. batch, .. rows, .. columns]).Sum(call, kept);
    }

    private int ExtentOf(int label) => Values.Shape[Labels.IndexOf(label)];

    private Shape Part(int axis, int count) => new(Values.Shape.Dimensions.Slice(axis, count));
}
