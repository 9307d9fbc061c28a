using TransferLearning.Imaging;
using TransferLearning.Magick.Decoding;

namespace TransferLearning.Magick;

/// <summary>
/// Image formats that Magick.NET decodes: WebP, AVIF, HEIC, JPEG XL, JPEG 2000 and TIFF, beside the built-in ones. Immutable.
/// </summary>
/// <remarks>
/// <para>Thread-safe. A file's signature decides which of Magick's decoders reads it; no other of its formats, and no program that it can
/// call, is ever used. Sizes are read from the header and checked before the pixels are decoded.</para>
/// <para>Native code decodes the files. A program that takes files from strangers calls <see cref="LockDownProcess"/> first.</para>
/// </remarks>
/// <example><code>
/// FineTuningResult result = TransferPipeline.FineTune("photos/").WithImageFormats(MagickFormats.All).Fit();
/// </code></example>
public static class MagickFormats
{
    /// <summary>
    /// <see cref="ImageFormats.BuiltIn"/>, then WebP, AVIF, HEIC, JPEG XL, JPEG 2000 and TIFF. The built-in formats stay with their own
    /// decoders. Of a file with several images, the first is decoded.
    /// </summary>
    public static ImageFormats All { get; } = MagickDecoder.All.Aggregate(ImageFormats.BuiltIn, (formats, decoder) => formats.Add(decoder));

    /// <summary>
    /// Restricts ImageMagick for the whole process: only the formats of <see cref="All"/> may be read, nothing may be written, no program
    /// or network address may be used; and its memory, disk space and threads are limited. Call it once, before the first image is decoded.
    /// </summary>
    /// <remarks>
    /// Applies to all uses of Magick.NET in the process and cannot be undone, so only applications call it, as the <c>transfer</c> command
    /// does. An image may take 1 GiB of memory and no disk; a side may have 65,535 pixels at most.
    /// </remarks>
    public static void LockDownProcess() => ProcessPolicy.Apply();
}
