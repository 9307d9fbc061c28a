using TransferLearning.Heads;
using TransferLearning.Strategies.Progress;

namespace TransferLearning.Cli.Progress;

/// <summary>Says how a training ended: the number of epochs, the best one with its accuracy, and why there were no more.</summary>
internal static class TrainingEnd
{
    /// <param name="what">What was trained, such as <c>Training on photos</c>.</param>
    /// <param name="history">Its epochs.</param>
    /// <param name="best">The epoch that was kept, from 1; 0 for what training started from.</param>
    /// <param name="canceled">Whether it was canceled.</param>
    /// <returns>One line; null where no epoch ended.</returns>
    public static string? Of(string what, IReadOnlyList<EpochProgress> history, int best, bool canceled)
    {
        if (history.Count == 0)
        {
            return null;
        }

        EpochProgress last = history[^1];
        string reason = canceled ? "it was canceled"
            : last.Epoch >= last.Epochs ? "that was the last epoch"
            : "more epochs no longer helped";
        string accuracy = EpochAccuracy.Describe(history.FirstOrDefault(e => e.Epoch == best));
        string kept = best == 0 ? "no epoch was better than the start" : $"the best is epoch {best}{accuracy}";
        return $"{what} ended after epoch {last.Epoch} of {last.Epochs}, as {reason}; {kept}";
    }
}
