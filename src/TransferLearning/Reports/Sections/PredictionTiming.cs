using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections;

/// <summary>
/// Measures how long a model takes for single images, on one thread, as in a program that classifies one image at a time.
/// </summary>
internal static class PredictionTiming
{
    private const int Images = 9;
    private const int WarmUps = 2;

    /// <summary>The median time from the file's bytes to the prediction, in milliseconds; null where no image can be read.</summary>
    public static double? MillisecondsPerImage(TransferModel model, ImageDataset images, ReportRun run)
    {
        var milliseconds = new List<double>();
        foreach (LabeledImage image in images.Images.Where(i => Photo.Load(i) is not null).Take(Images + WarmUps))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            byte[] content = image.ReadBytes();
            long start = run.Time.GetTimestamp();
            model.Predict(content);
            milliseconds.Add(run.Time.GetElapsedTime(start).TotalMilliseconds);
        }

        double[] timed = [.. milliseconds.Skip(WarmUps).Order()];
        return timed.Length == 0 ? null : timed[timed.Length / 2];
    }
}
