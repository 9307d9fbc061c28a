namespace TransferLearning.Imaging.Encoding;

/// <summary>An image as luma of full and chroma of reduced resolution, less 128. Beyond the image, its edges are repeated.</summary>
internal sealed class JpegEncoderPlanes
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _factor;
    private readonly float[] _luma;
    private readonly float[][] _chroma;

    public JpegEncoderPlanes(RgbImage image, int factor)
    {
        (_width, _height, _factor) = (image.Width, image.Height, factor);
        _luma = new float[_width * _height];
        _chroma = [[], new float[_luma.Length], new float[_luma.Length]];
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < _luma.Length; i++)
        {
            float r = pixels[i * 3];
            float g = pixels[(i * 3) + 1];
            float b = pixels[(i * 3) + 2];
            _luma[i] = (0.299f * r) + (0.587f * g) + (0.114f * b) - 128;
            _chroma[1][i] = (-0.168735892f * r) - (0.331264108f * g) + (0.5f * b);
            _chroma[2][i] = (0.5f * r) - (0.418687589f * g) - (0.081312411f * b);
        }
    }

    /// <summary>Copies 8x8 samples, starting at this pixel.</summary>
    public void CopyLuma(int left, int top, Span<float> block)
    {
        for (int i = 0; i < 64; i++)
        {
            block[i] = At(_luma, left + (i % 8), top + (i / 8));
        }
    }

    /// <summary>Copies 8x8 samples, each the mean of its pixels, starting at this position of reduced resolution.</summary>
    public void CopyChroma(int component, int left, int top, Span<float> block)
    {
        for (int i = 0; i < 64; i++)
        {
            float sum = 0f;
            for (int k = 0; k < _factor * _factor; k++)
            {
                sum += At(_chroma[component], ((left + (i % 8)) * _factor) + (k % _factor), ((top + (i / 8)) * _factor) + (k / _factor));
            }

            block[i] = sum / (_factor * _factor);
        }
    }

    private float At(float[] plane, int x, int y) => plane[(Math.Min(y, _height - 1) * _width) + Math.Min(x, _width - 1)];
}
