using TransferLearning.Imaging;
using TransferLearning.Magick;

namespace TransferLearning.Cli.Formats;

/// <summary>
/// A decoder of Magick, which is locked down before the first image that needs it: loading its native library takes a tenth of a second or
/// more, which most runs of the command do not need.
/// </summary>
internal sealed class LockedDownDecoder(IImageDecoder decoder) : IImageDecoder, IVersionedDecoder, IDecodingEstimator
{
    public string FormatName => decoder.FormatName;

    public IReadOnlyList<string> Extensions => decoder.Extensions;

    public string Version => ((IVersionedDecoder)decoder).Version;

    public bool Matches(ReadOnlySpan<byte> data) => decoder.Matches(data);

    public DecodingEstimate Estimate(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        MagickFormats.LockDownProcess();
        return ((IDecodingEstimator)decoder).Estimate(data, options);
    }

    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
    {
        MagickFormats.LockDownProcess();
        return decoder.Decode(data, options);
    }
}
