namespace TransferLearning.Imaging.Decoding;

/// <summary>A decoder that decodes some damaged files all the same, where the damage cannot change a pixel.</summary>
internal interface IDamageFinder
{
    /// <summary>What is wrong with a file that <see cref="IImageDecoder.Decode"/> decodes; null for a whole file.</summary>
    /// <exception cref="InvalidImageException">The file cannot be decoded.</exception>
    string? FindDamage(ReadOnlySpan<byte> data, DecoderOptions options);
}
