using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Magick;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.Security;

internal static class UntrustedFiles
{
    public static void Run()
    {
        // begin
        MagickFormats.LockDownProcess();
        ImageLimits images = ImageLimits.Untrusted with { MaxPixels = 40_000_000, MaxBytes = 20_000_000, MaxMemory = 512L << 20 };
        using TransferModel model = TransferModel.Load("flowers.onnx", new ModelLoadOptions { Limits = images });
        ImageDataset uploads = ImageDataset.Open("uploads.zip", new ImageDatasetOptions
        {
            Limits = images,
            ArchiveLimits = new ArchiveLimits { MaxEntries = 10_000, MaxEntryBytes = 20_000_000, MaxTotalBytes = 1L << 30 },
        });
        // end
        _ = uploads;
    }
}
