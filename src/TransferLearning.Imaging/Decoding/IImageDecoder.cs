namespace TransferLearning.Imaging.Decoding;

/// <summary>Decodes one file format. Stateless and thread-safe.</summary>
internal interface IImageDecoder
{
    /// <summary>The format's name, as users know it.</summary>
    string FormatName { get; }

    /// <summary>Whether the data starts as a file of this format does.</summary>
    bool Matches(ReadOnlySpan<byte> data);

    /// <summary>Decodes a whole file; the result is upright, transparency lies over white.</summary>
    /// <exception cref="InvalidImageException">The data is truncated, damaged or uses a feature that is not supported.</exception>
    RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options);
}
