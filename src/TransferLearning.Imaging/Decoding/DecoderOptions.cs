namespace TransferLearning.Imaging.Decoding;

/// <summary>How to decode. Immutable.</summary>
internal sealed record DecoderOptions
{
    /// <summary>Full size, default limits.</summary>
    public static DecoderOptions Default { get; } = new();

    /// <summary>What is refused.</summary>
    public DecoderLimits Limits { get; init; } = DecoderLimits.Default;
}
