using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Options;

/// <summary><c>--max-pixels</c> and <c>--max-image-bytes</c>: the largest images that are read; others are left out.</summary>
internal sealed class ImageLimitsOptions
{
    // What ImageLimits accepts: three bytes per pixel, and a file, fit an array.
    private const int MaxPixels = 715_827_882;
    private const int MaxBytes = 2_147_483_591;

    private readonly Option<int?> _pixels = ValueOption.WholeNumber(
        OptionNames.MaxPixels,
        $"The largest image that is read, in pixels (width times height). Default: {ImageLimits.Default.MaxPixels}.",
        minimum: 1,
        MaxPixels);

    private readonly Option<long?> _bytes = ValueOption.Size(
        OptionNames.MaxImageBytes,
        $"The largest image file that is read, in bytes or such as 50MB. Default: {ImageLimits.Default.MaxBytes}.",
        MaxBytes);

    public void AddTo(Command command)
    {
        command.Add(_pixels);
        command.Add(_bytes);
    }

    public ImageLimits Read(ParseResult parsed) => new()
    {
        MaxPixels = parsed.GetValue(_pixels) ?? ImageLimits.Default.MaxPixels,
        MaxBytes = (int?)parsed.GetValue(_bytes) ?? ImageLimits.Default.MaxBytes,
    };
}
