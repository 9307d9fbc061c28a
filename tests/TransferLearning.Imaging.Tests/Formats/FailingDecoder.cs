namespace TransferLearning.Imaging.Tests.Formats;

/// <summary>A format whose decoder throws what a decoder should not throw.</summary>
internal sealed class FailingDecoder(Exception exception) : IImageDecoder
{
    public string FormatName => "Failing";

    public IReadOnlyList<string> Extensions => [".fail"];

    public bool Matches(ReadOnlySpan<byte> data) => data.StartsWith("FAIL"u8);

    public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options) => throw exception;
}
