namespace TransferLearning.Heads;

/// <summary>A trained head with the figures of its training.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed record RetrainedHead
{
    /// <summary>The head of the epoch that was kept.</summary>
    public required LinearHead Head { get; init; }

    /// <summary>The figures of every epoch, in order.</summary>
    public required IReadOnlyList<EpochProgress> History { get; init; }

    /// <summary>
    /// The epoch that <see cref="Head"/> comes from, from 1; 0 if no epoch was better than the head that training started from.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>The time that training took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True if training was canceled before it ended by itself.</summary>
    public bool Canceled { get; init; }

    /// <summary>The strength of the L2 penalty, as given or chosen (see <see cref="SoftmaxRetrainerOptions.L2"/>); null if the retrainer
    /// has none.</summary>
    public double? L2 { get; init; }

    /// <summary>The limit of epochs where training reached it; null where it ended before, or the retrainer does not say so.</summary>
    internal int? EpochLimit { get; init; }

    /// <summary>The predictions for training rows by heads that had not learned from them; null where the retrainer gives none. They need
    /// not cover all rows.</summary>
    internal HeldOutPredictions? HeldOut { get; init; }
}
