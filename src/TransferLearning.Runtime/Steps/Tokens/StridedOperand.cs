using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>An operand of a step on strided tensors: a view of a value, or a constant, which it owns. Immutable.</summary>
internal sealed unsafe class StridedOperand : IDisposable
{
    private readonly AlignedMemory? _constant;

    public StridedOperand(TensorView view)
    {
        if (view.Factor != 1)
        {
            throw new ArgumentException("a factor is left to products, which this is not", nameof(view));
        }

        (View, Layout) = (view, view.Layout);
    }

    public StridedOperand(Tensor constant)
    {
        _constant = new AlignedMemory(constant.Length);
        constant.Floats.CopyTo(_constant.Span);
        Layout = StridedLayout.RowMajor(constant.Shape, constant.Shape.Rank == 0 ? 1 : constant.Shape[-1]);
    }

    /// <summary>The view; null for a constant.</summary>
    public TensorView? View { get; }

    public StridedLayout Layout { get; }

    public long ConstantBytes => _constant is null ? 0 : _constant.Length * sizeof(float);

    /// <summary>The address from which the offsets of <see cref="Layout"/> count.</summary>
    public float* Origin(Workspace workspace) => _constant is null ? workspace.Origins[View!.Value.Index] : _constant.Pointer;

    public void Dispose() => _constant?.Dispose();
}
