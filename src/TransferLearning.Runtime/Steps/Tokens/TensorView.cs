using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>A tensor in the memory of a value, from its first pixel on.</summary>
/// <param name="Value">The value.</param>
/// <param name="Layout">Where the elements are.</param>
/// <param name="Factor">What each element is still to be multiplied by, which the product that reads it does.</param>
internal sealed record TensorView(Value Value, StridedLayout Layout, float Factor = 1)
{
    public Shape Shape => Layout.Shape;

    /// <summary>The number of the value's first rows that have all elements.</summary>
    public int RowsRead
    {
        get
        {
            Value whole = Value.Whole ?? Value;
            long last = (long)Value.FirstChannel + Layout.LastOffset;
            return (int)Math.Min(whole.Layout.Height, (last / whole.Layout.RowStride) + 1);
        }
    }
}
