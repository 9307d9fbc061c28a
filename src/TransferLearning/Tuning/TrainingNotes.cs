using System.Globalization;
using TransferLearning.Heads;

namespace TransferLearning.Tuning;

/// <summary>What a checkpoint holds beside the weights: the figures of the training so far. Immutable.</summary>
/// <param name="LearningRate">The full learning rate; NaN before it is found.</param>
/// <param name="FirstLoss">The loss of the first step, in nats; NaN before it.</param>
/// <param name="Sums">Those of the epoch that has begun.</param>
/// <param name="History">The finished epochs.</param>
internal sealed record TrainingNotes(double LearningRate, double FirstLoss, EpochSums Sums, IReadOnlyList<EpochProgress> History)
{
    /// <summary>The text: one line for the rate, the first loss and the sums, then one per epoch.</summary>
    public string Write() => string.Join('\n',
    [
        Line(LearningRate, FirstLoss, Sums.Images, Sums.Loss, Sums.Right),
        .. History.Select(e => Line(
            e.Epoch,
            e.Epochs,
            e.TrainingLoss,
            e.TrainingAccuracy ?? double.NaN,
            e.HeldOutLoss ?? double.NaN,
            e.HeldOutAccuracy ?? double.NaN)),
    ]);

    /// <summary>Reads what <see cref="Write"/> gave.</summary>
    public static TrainingNotes Read(string text)
    {
        double[][] lines =
            [.. text.Split('\n').Select(l => l.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        return new TrainingNotes(
            lines[0][0],
            lines[0][1],
            new EpochSums((int)lines[0][2], lines[0][3], (int)lines[0][4]),
            [
                .. lines.Skip(1).Select(l => new EpochProgress((int)l[0], (int)l[1], l[2], null, null)
                {
                    TrainingAccuracy = Known(l[3]),
                    HeldOutLoss = Known(l[4]),
                    HeldOutAccuracy = Known(l[5]),
                }),
            ]);
    }

    private static string Line(params double[] numbers) =>
        string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
