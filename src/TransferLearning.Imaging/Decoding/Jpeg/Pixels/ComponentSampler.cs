using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>Gives the rows of a component at the full resolution of the frame. A row is valid until the next call.</summary>
internal sealed class ComponentSampler
{
    // As in libjpeg, the samples of a component with one or two samples per row are repeated.
    private const int MinWidthToInterpolate = 3;

    private readonly JpegComponent _component;
    private readonly int _horizontal;
    private readonly int _vertical;
    private readonly int _maxHorizontal;
    private readonly int _maxVertical;
    private readonly int _width;
    private readonly bool _halvedHorizontally;
    private readonly bool _halvedVertically;
    private readonly ushort[] _sums;
    private readonly byte[] _row;

    public ComponentSampler(JpegFrame frame, JpegComponent component)
    {
        (_component, _width) = (component, frame.OutputWidth);
        _horizontal = component.HorizontalSampling * component.BlockWidth;
        _vertical = component.VerticalSampling * component.BlockHeight;
        (_maxHorizontal, _maxVertical) = (frame.McuWidth, frame.McuHeight);
        bool fullWidth = _horizontal == _maxHorizontal;
        bool fullHeight = _vertical == _maxVertical;
        bool halfHeight = _vertical * 2 == _maxVertical;
        _halvedHorizontally = _horizontal * 2 == _maxHorizontal && (fullHeight || halfHeight)
            && component.Width >= MinWidthToInterpolate;
        _halvedVertically = halfHeight && (fullWidth || _halvedHorizontally);
        _sums = _halvedHorizontally ? new ushort[component.Width + 2] : [];
        _row = fullWidth && fullHeight ? [] : new byte[Math.Max(frame.OutputWidth, component.Width * 2)];
    }

    /// <summary>Row y of the frame, with at least as many samples as the frame is wide.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        if (_row.Length == 0)
        {
            return Source(y)[.._width];
        }

        // The nearer and the farther source row; a row of a component of half the height is blended from both.
        int nearer = y * _vertical / _maxVertical;
        int farther = Math.Clamp((y & 1) == 0 ? nearer - 1 : nearer + 1, 0, _component.Height - 1);
        if (_halvedHorizontally)
        {
            if (_halvedVertically)
            {
                ChromaUpsampling.BlendRows(Source(nearer), Source(farther), _sums);
                ChromaUpsampling.DoubleWidth(_sums, _component.Width, _row, leftBias: 8, rightBias: 7, shift: 4);
            }
            else
            {
                ChromaUpsampling.WidenRow(Source(nearer), _sums);
                ChromaUpsampling.DoubleWidth(_sums, _component.Width, _row, leftBias: 1, rightBias: 2, shift: 2);
            }
        }
        else if (_halvedVertically)
        {
            ChromaUpsampling.BlendToRow(Source(nearer), Source(farther), bias: (y & 1) + 1, _row);
        }
        else
        {
            ChromaUpsampling.Repeat(Source(nearer), _maxHorizontal, _horizontal, _row.AsSpan(0, _width));
        }

        return _row;
    }

    private ReadOnlySpan<byte> Source(int row) => _component.Samples.AsSpan(row * _component.Stride, _component.Width);
}
