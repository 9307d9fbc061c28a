namespace TransferLearning.Imaging.Formats;

/// <summary>Names an exception that a decoder should not throw, so that it is reported to whom it concerns.</summary>
internal static class DecoderFault
{
    public static string Describe(IImageDecoder decoder, Exception exception)
    {
        if (exception is OutOfMemoryException)
        {
            return $"{decoder.FormatName}: there is not enough memory to decode the image";
        }

        string fault = decoder.GetType().Assembly == typeof(DecoderFault).Assembly
            ? "a fault of this library: please report it with the file"
            : $"a fault of the decoder {decoder.GetType()}: please report it to its author with the file";
        return $"{decoder.FormatName}: {fault} ({exception.GetType()}: {exception.Message})";
    }
}
