namespace TransferLearning.OnnxRuntime.Sessions;

/// <summary>Changes the order of an image's axes.</summary>
internal static class ChannelPlanes
{
    /// <summary>[pixels, 3] to [3, pixels].</summary>
    /// <param name="pixels">The image, as the library converts it.</param>
    /// <param name="planes">Receives it, as ONNX Runtime takes it; of the same length.</param>
    public static void Split(ReadOnlySpan<float> pixels, Span<float> planes)
    {
        int count = planes.Length / 3;
        Span<float> first = planes[..count], second = planes.Slice(count, count), third = planes.Slice(2 * count, count);
        for (int i = 0; i < first.Length; i++)
        {
            ReadOnlySpan<float> pixel = pixels.Slice(3 * i, 3);
            first[i] = pixel[0];
            second[i] = pixel[1];
            third[i] = pixel[2];
        }
    }
}
