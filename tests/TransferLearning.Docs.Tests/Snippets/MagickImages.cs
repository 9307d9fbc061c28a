using TransferLearning;
using TransferLearning.Magick;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class MagickImages
{
    public static void Run()
    {
        // begin
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithImageFormats(MagickFormats.All).Fit();
        // end
    }
}
