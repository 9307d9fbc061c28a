namespace TransferLearning.Runtime.Tensors;

/// <summary>Brings tensors of different shapes to one: extents of 1, and missing outer axes, repeat (NumPy's rule).</summary>
internal static class Broadcasting
{
    /// <summary>The shape that two shapes broadcast to, or null where they do not fit.</summary>
    public static Shape? Combine(Shape a, Shape b)
    {
        int[] extents = new int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= extents.Length; i++)
        {
            int left = i <= a.Rank ? a[-i] : 1;
            int right = i <= b.Rank ? b[-i] : 1;
            if (left != right && left != 1 && right != 1)
            {
                return null;
            }

            extents[^i] = left == 1 ? right : left;
        }

        return new Shape(extents);
    }

    /// <summary>The strides by which a tensor of <paramref name="part"/> is read for each element of <paramref name="whole"/>.</summary>
    public static int[] Strides(Shape part, Shape whole)
    {
        int[] own = StridedIndex.StridesOf(part);
        int[] strides = new int[whole.Rank];
        for (int i = 1; i <= part.Rank; i++)
        {
            strides[^i] = part[-i] == 1 ? 0 : own[^i];
        }

        return strides;
    }

    /// <summary>For each element of <paramref name="whole"/>, the position of its source in a tensor of <paramref name="part"/>.</summary>
    public static int[] Positions(Shape part, Shape whole) => StridedIndex.Positions(whole, Strides(part, whole));

    /// <summary>The tensor repeated to fill a shape.</summary>
    public static Tensor BroadcastTo(this Tensor tensor, Shape shape) =>
        tensor.Shape.Equals(shape) ? tensor : tensor.Select(shape, Positions(tensor.Shape, shape));
}
