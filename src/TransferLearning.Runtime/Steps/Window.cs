namespace TransferLearning.Runtime.Steps;

/// <summary>The sliding window of a convolution or pooling.</summary>
internal sealed record Window(int Height, int Width, int StrideY, int StrideX, int DilationY, int DilationX, int Top, int Left)
{
    public static readonly Window Point = new(1, 1, 1, 1, 1, 1, 0, 0);

    public bool IsPoint => Height == 1 && Width == 1 && Top == 0 && Left == 0;

    public int SpanY => ((Height - 1) * DilationY) + 1;

    public int SpanX => ((Width - 1) * DilationX) + 1;

    /// <summary>The input rows that the windows of some output rows cover, padding included.</summary>
    public (int From, int To) InputRows(int from, int to) => ((from * StrideY) - Top, ((to - 1) * StrideY) - Top + SpanY);

    /// <summary>Widens the input's border to what the windows of an output of the given size cover.</summary>
    public void RequireBorder(Value input, int outputHeight, int outputWidth) => input.RequireBorder(
        Top,
        Left,
        ((outputHeight - 1) * StrideY) + SpanY - Top - input.Layout.Height,
        ((outputWidth - 1) * StrideX) + SpanX - Left - input.Layout.Width);
}
