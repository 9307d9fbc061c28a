using TransferLearning.Fuzz.Structures;
using TransferLearning.Imaging;

namespace TransferLearning.Fuzz.Targets;

/// <summary>
/// An image format: decoded as for a network, decoded whole, and checked for damage. Documented: <see cref="InvalidImageException"/> for a
/// fault of the file; one that names a fault of the decoder counts as that.
/// </summary>
internal sealed class ImageTarget(string name, IStructure structure, Func<IEnumerable<byte[]>> seeds) : FuzzTarget(name, structure)
{
    private const int NetworkSide = 224;

    // Decoding whole takes memory by the pixel, as documented: a limit keeps it below that of an input.
    private static readonly ImageLimits Whole = new() { MaxPixels = 1 << 22 };

    public override IEnumerable<byte[]> Seeds() => seeds();

    public override void Run(byte[] input)
    {
        ImageFormats formats = ImageFormats.BuiltIn;
        formats.EstimateMemory(input.AsSpan(0, Math.Min(input.Length, 1 << 18)), input.Length, ImageLimits.Default, NetworkSide);
        formats.FindDamage(input, ImageLimits.Default);
        formats.DecodeReduced(input, ImageLimits.Default, NetworkSide);
        formats.Decode(input, Whole);
    }

    public override Exception? FaultIn(Exception exception) => exception switch
    {
        InvalidImageException { InnerException: OutOfMemoryException inner } => inner,
        InvalidImageException => NamedFault(exception),
        _ => exception,
    };
}
