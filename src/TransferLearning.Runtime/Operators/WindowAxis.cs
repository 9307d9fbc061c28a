namespace TransferLearning.Runtime.Operators;

/// <summary>A sliding window along one spatial axis, measured in elements. Immutable.</summary>
/// <param name="Input">The extent of the input without padding.</param>
/// <param name="Kernel">The number of elements in the window.</param>
/// <param name="Stride">The distance between windows.</param>
/// <param name="Dilation">The distance between the elements of a window.</param>
/// <param name="PadBegin">Elements added before the input.</param>
/// <param name="PadEnd">Elements added after the input.</param>
/// <param name="Output">The number of windows.</param>
internal sealed record WindowAxis(int Input, int Kernel, int Stride, int Dilation, int PadBegin, int PadEnd, int Output)
{
    /// <summary>The vertical axis of a one-dimensional window: one row.</summary>
    public static readonly WindowAxis Single = new(1, 1, 1, 1, 0, 0, 1);

    /// <summary>The distance from the first element of a window to the one after its last.</summary>
    public int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>The position of the k-th element of a window in the input; below 0 or from <see cref="Input"/> on, it is padding.</summary>
    public int Position(int window, int k) => (window * Stride) - PadBegin + (k * Dilation);
}
