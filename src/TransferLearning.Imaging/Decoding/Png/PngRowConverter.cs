namespace TransferLearning.Imaging.Decoding.Png;

/// <summary>Converts restored rows of any pixel format to RGB on white. Of 16-bit values, the upper 8 bits are used.</summary>
internal sealed class PngRowConverter
{
    private const int White = 255;

    private readonly PngHeader _header;
    private readonly int _valueBytes;

    // For formats of one value per pixel: [value, 3], the color of each value (of up to 8 bits).
    private readonly byte[] _colors;
    private readonly int[]? _transparentColor;

    public PngRowConverter(PngChunks chunks)
    {
        _header = chunks.Header;
        _valueBytes = _header.BitDepth == 16 ? 2 : 1;
        _colors = _header.ColorType switch
        {
            PngColorType.Palette => PaletteOverWhite(chunks),
            PngColorType.Gray => Grays(Math.Min(_header.BitDepth, 8)),
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => [],
            _ => throw new ArgumentException($"{_header.ColorType} is no color type", nameof(chunks)),
        };
        if (_header.ColorType is PngColorType.Gray or PngColorType.Rgb && chunks.Transparency.Length >= _header.Channels * 2)
        {
            _transparentColor = new int[_header.Channels];
            for (int i = 0; i < _header.Channels; i++)
            {
                _transparentColor[i] = (chunks.Transparency[i * 2] << 8) | chunks.Transparency[(i * 2) + 1];
            }
        }
    }

    /// <summary>Converts a row of a pass.</summary>
    /// <param name="row">The restored bytes.</param>
    /// <param name="width">Pixels in the row.</param>
    /// <param name="rgb">The row of the image, starting at the first pixel to write.</param>
    /// <param name="step">The distance from one written pixel to the next.</param>
    public void Convert(ReadOnlySpan<byte> row, int width, Span<byte> rgb, int step)
    {
        switch (_header.ColorType)
        {
            case PngColorType.Rgb when step == 1 && _valueBytes == 1 && _transparentColor == null:
                row[..(width * 3)].CopyTo(rgb);
                break;
            case PngColorType.Rgb:
                ConvertRgb(row, width, rgb, step * 3);
                break;
            case PngColorType.GrayAlpha or PngColorType.Rgba:
                ConvertAlpha(row, width, rgb, step * 3);
                break;
            case PngColorType.Gray or PngColorType.Palette:
                ConvertIndexed(row, width, rgb, step * 3);
                break;
            default:
                throw new InvalidOperationException($"{_header.ColorType} is no color type");
        }
    }

    private void ConvertRgb(ReadOnlySpan<byte> row, int width, Span<byte> rgb, int step)
    {
        for (int x = 0, source = 0, target = 0; x < width; x++, source += 3 * _valueBytes, target += step)
        {
            ReadOnlySpan<byte> pixel = row.Slice(source, 3 * _valueBytes);
            (rgb[target], rgb[target + 1], rgb[target + 2]) = IsTransparent(pixel)
                ? ((byte)White, (byte)White, (byte)White)
                : (pixel[0], pixel[_valueBytes], pixel[2 * _valueBytes]);
        }
    }

    private void ConvertAlpha(ReadOnlySpan<byte> row, int width, Span<byte> rgb, int step)
    {
        int channels = _header.Channels;
        (int green, int blue, int alpha) = channels == 4 ? (_valueBytes, 2 * _valueBytes, 3 * _valueBytes) : (0, 0, _valueBytes);
        for (int x = 0, source = 0, target = 0; x < width; x++, source += channels * _valueBytes, target += step)
        {
            byte opacity = row[source + alpha];
            rgb[target] = Blending.OverWhite(row[source], opacity);
            rgb[target + 1] = Blending.OverWhite(row[source + green], opacity);
            rgb[target + 2] = Blending.OverWhite(row[source + blue], opacity);
        }
    }

    private void ConvertIndexed(ReadOnlySpan<byte> row, int width, Span<byte> rgb, int step)
    {
        int depth = _header.BitDepth;
        for (int x = 0, target = 0; x < width; x++, target += step)
        {
            int value = depth switch
            {
                8 => row[x],
                16 => row[x * 2],
                _ => (row[x * depth / 8] >> (8 - depth - (x * depth % 8))) & ((1 << depth) - 1),
            };
            if (value * 3 >= _colors.Length)
            {
                throw new InvalidImageException(
                    $"PNG: a pixel has the color {value} of a palette of {_colors.Length / 3}; the file is damaged");
            }

            int exact = depth == 16 ? (value << 8) | row[(x * 2) + 1] : value;
            bool isTransparent = _transparentColor != null && exact == _transparentColor[0];
            Span<byte> color = isTransparent ? [White, White, White] : _colors.AsSpan(value * 3, 3);
            color.CopyTo(rgb[target..]);
        }
    }

    private bool IsTransparent(ReadOnlySpan<byte> pixel)
    {
        if (_transparentColor == null)
        {
            return false;
        }

        for (int i = 0; i < _transparentColor.Length; i++)
        {
            int value = _valueBytes == 1 ? pixel[i] : (pixel[i * 2] << 8) | pixel[(i * 2) + 1];
            if (value != _transparentColor[i])
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] PaletteOverWhite(PngChunks chunks)
    {
        if (chunks.Palette.Length == 0)
        {
            throw new InvalidImageException("PNG: the pixels are indices but there is no palette; the file is damaged");
        }

        byte[] colors = chunks.Palette.ToArray();
        for (int i = 0; i < Math.Min(chunks.Transparency.Length * 3, colors.Length); i++)
        {
            colors[i] = Blending.OverWhite(colors[i], chunks.Transparency[i / 3]);
        }

        return colors;
    }

    private static byte[] Grays(int depth)
    {
        byte[] colors = new byte[(1 << depth) * 3];
        int top = (1 << depth) - 1;
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(i / 3 * 255 / top);
        }

        return colors;
    }
}
