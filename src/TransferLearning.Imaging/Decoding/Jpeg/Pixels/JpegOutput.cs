using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Pixels;

/// <summary>Combines the components of a frame to RGB rows.</summary>
internal static class JpegOutput
{
    /// <summary>The whole image, [OutputHeight, OutputWidth, 3], as stored, before its orientation is applied.</summary>
    public static byte[] ToRgb(JpegFrame frame, JpegHeader header)
    {
        JpegColorSpace space = header.ColorSpaceOf(frame.Components);
        ComponentSampler[] samplers = Array.ConvertAll(frame.Components, c => new ComponentSampler(frame, c));
        int stride = frame.OutputWidth * 3;
        byte[] pixels = GC.AllocateUninitializedArray<byte>(stride * frame.OutputHeight);
        for (int y = 0; y < frame.OutputHeight; y++)
        {
            Span<byte> rgb = pixels.AsSpan(y * stride, stride);
            ReadOnlySpan<byte> first = samplers[0].Row(y);
            if (samplers.Length == 1)
            {
                ColorConversion.GrayToRgb(first, rgb);
                continue;
            }

            ReadOnlySpan<byte> second = samplers[1].Row(y);
            ReadOnlySpan<byte> third = samplers[2].Row(y);
            if (space is JpegColorSpace.Rgb or JpegColorSpace.Cmyk)
            {
                ColorConversion.Interleave(first, second, third, rgb);
            }
            else
            {
                ColorConversion.YCbCrToRgb(first, second, third, rgb);
            }

            if (samplers.Length == 4)
            {
                // Adobe's programs store inks inverted, that is, as light. The colors of YCCK are the inverse of those that CMYK stores.
                bool inverted = header.AdobeTransform != null;
                if ((space == JpegColorSpace.Cmyk) != inverted)
                {
                    ColorConversion.Invert(rgb);
                }

                ColorConversion.MultiplyByBlack(rgb, samplers[3].Row(y), inverted);
            }
        }

        return pixels;
    }
}
