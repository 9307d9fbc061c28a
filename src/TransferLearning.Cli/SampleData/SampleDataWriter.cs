using TransferLearning.Cli.Progress;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;

namespace TransferLearning.Cli.SampleData;

/// <summary>Draws the sample data and writes it as JPEG files, one folder per class.</summary>
internal static class SampleDataWriter
{
    // High enough for a network to see the noise of the pictures rather than that of the compression.
    private const int JpegQuality = 90;

    /// <summary>Fills the folder; the images do not depend on the number of threads.</summary>
    /// <exception cref="OperationCanceledException">Canceled; the images written so far stay, and the next run replaces them.</exception>
    public static void Write(
        SampleDataFolder folder,
        SampleDataSettings settings,
        int threads,
        IProgress<StageProgress>? progress,
        CancellationToken cancellationToken)
    {
        folder.Prepare(settings);
        int total = SampleClass.All.Length * settings.ImagesPerClass;
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads > 0 ? threads : -1, CancellationToken = cancellationToken };
        Parallel.For(0, total, options, number =>
        {
            (int classIndex, int image) = Math.DivRem(number, settings.ImagesPerClass);
            RgbImage drawn = SampleImage.Draw(classIndex, image, settings.Seed, settings.Size);
            File.WriteAllBytes(folder.PathOf(settings, SampleClass.All[classIndex], image), JpegEncoder.Encode(drawn, JpegQuality));
            progress?.Report(new StageProgress("Drawing", Interlocked.Increment(ref done), total, ""));
        });
    }
}
