using TransferLearning.Imaging;

namespace TransferLearning.Docs.Tests.Snippets.Packages;

internal static class DecodeImage
{
    public static void Run()
    {
        // begin
        RgbImage image = ImageFormats.BuiltIn.Load("rose.jpg");
        ReadOnlySpan<byte> pixels = image.Pixels;
        Console.WriteLine($"{image.Width} x {image.Height}, first pixel {pixels[0]}, {pixels[1]}, {pixels[2]}");
        // end
    }
}
