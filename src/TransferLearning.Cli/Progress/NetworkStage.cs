using System.Globalization;
using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows the training of a network: a bar over the images of all epochs, and a line for each epoch that ends.</summary>
internal sealed class NetworkStage
{
    private const int Scale = 1000;

    private readonly Lock _lock = new();
    private NetworkTrainingProgress? _last;

    /// <param name="stage">The name of the stage.</param>
    /// <param name="value">A report of the stage.</param>
    public StageProgress Of(string stage, TransferProgress value)
    {
        lock (_lock)
        {
            _last = value.Network ?? _last;
            double done = value.Network is { } network ? network.Epoch - 1 + ((double)network.Images / network.TotalImages) : value.Done;
            return new StageProgress(stage, (int)(done * Scale), value.Total * Scale, Detail(value))
            {
                Note = value is { Network: null, Epoch: { } epoch } ? Line(epoch) : null,
            };
        }
    }

    private static string Detail(TransferProgress value) => value.Network is { } network
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {network.Epoch}/{network.Epochs}, loss {network.Loss:0.000}, {network.ImagesPerSecond:0} images/s, "
            + $"{TimeText(network.Remaining)} left")
        : $"epoch {value.Done}/{value.Total}";

    private string Line(EpochProgress epoch)
    {
        string heldOut = epoch.HeldOutAccuracy is { } accuracy
            ? string.Create(CultureInfo.InvariantCulture, $", held-out accuracy {accuracy:0.000}")
            : "";
        string speed = _last is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {_last.ImagesPerSecond:0} images/s, {TimeText(_last.Remaining)} left");
        return string.Create(
            CultureInfo.InvariantCulture, $"Epoch {epoch.Epoch}/{epoch.Epochs}: loss {epoch.TrainingLoss:0.000}{heldOut}{speed}");
    }

    private static string TimeText(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s");
}
