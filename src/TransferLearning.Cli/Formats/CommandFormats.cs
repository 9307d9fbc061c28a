using TransferLearning.Imaging;
using TransferLearning.Magick;

namespace TransferLearning.Cli.Formats;

/// <summary>The image formats that the command reads: all that the package TransferLearning.Magick has.</summary>
internal static class CommandFormats
{
    public static ImageFormats All { get; } = MagickFormats.All.Decoders
        .Except(ImageFormats.BuiltIn.Decoders)
        .Aggregate(ImageFormats.BuiltIn, (formats, decoder) => formats.Add(new LockedDownDecoder(decoder)));
}
