using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Steps;

/// <summary>The sliding window of a convolution or pooling.</summary>
internal sealed record Window(int Height, int Width, int StrideY, int StrideX, int DilationY, int DilationX, int Top, int Left)
{
    public static readonly Window Point = new(1, 1, 1, 1, 1, 1, 0, 0);

    /// <summary>The window of a convolution or pooling node.</summary>
    public static Window Of(SpatialWindow window) => new(
        window.Vertical.Kernel,
        window.Horizontal.Kernel,
        window.Vertical.Stride,
        window.Horizontal.Stride,
        window.Vertical.Dilation,
        window.Horizontal.Dilation,
        window.Vertical.PadBegin,
        window.Horizontal.PadBegin);

    public bool IsPoint => Height == 1 && Width == 1 && Top == 0 && Left == 0;

    public int SpanY => ((Height - 1) * DilationY) + 1;

    public int SpanX => ((Width - 1) * DilationX) + 1;

    /// <summary>The input rows that the windows of some output rows cover, padding included.</summary>
    public (int From, int To) InputRows(int from, int to) => ((from * StrideY) - Top, ((to - 1) * StrideY) - Top + SpanY);

    /// <summary>Widens the input's border to what the windows of an output of the given size cover.</summary>
    public void RequireBorder(Value input, int outputHeight, int outputWidth)
    {
        FeatureMapLayout border = Bordered(input.Layout, outputHeight, outputWidth);
        input.RequireBorder(border.Top, border.Left, border.Bottom, border.Right);
    }

    /// <summary>The input's layout with a border of at least what the windows of an output of the given size cover.</summary>
    public FeatureMapLayout Bordered(FeatureMapLayout input, int outputHeight, int outputWidth) => input.WithBorder(
        Math.Max(Top, 0),
        Math.Max(Left, 0),
        Math.Max(((outputHeight - 1) * StrideY) + SpanY - Top - input.Height, 0),
        Math.Max(((outputWidth - 1) * StrideX) + SpanX - Left - input.Width, 0));
}
