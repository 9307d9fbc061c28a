namespace TransferLearning.Imaging;

/// <summary>A decoder that says from the header of a file what decoding takes, so that memory is reserved before it is taken.</summary>
/// <remarks>
/// An optional capability of an <see cref="IImageDecoder"/>. Work on many images decodes only as many at a time as fit into
/// <see cref="ImageLimits.MaxMemory"/>; an image of a decoder without this capability counts as 12 bytes per byte of the file, and at least
/// 64 MiB.
/// </remarks>
public interface IDecodingEstimator
{
    /// <summary>Estimates the decoding of a file for which <see cref="IImageDecoder.Matches"/> is true, without decoding it.</summary>
    /// <param name="data">The file, or its first bytes.</param>
    /// <param name="options">The options that the file will be decoded with.</param>
    /// <exception cref="InvalidImageException">
    /// The header is damaged, not within the first bytes, or says a size beyond the options.
    /// </exception>
    DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options);
}
