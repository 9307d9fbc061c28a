namespace TransferLearning.Heads;

/// <summary>What a retrainer gives: the head of the best epoch, and how it came about. Immutable; thread-safe.</summary>
public sealed record RetrainedHead
{
    /// <summary>The head of the best epoch.</summary>
    public required LinearHead Head { get; init; }

    /// <summary>Every epoch, in order.</summary>
    public required IReadOnlyList<EpochProgress> History { get; init; }

    /// <summary>The epoch that <see cref="Head"/> comes from, from 1; 0 where no epoch beat the head that training started from.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The time that training took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True where training was canceled before it ended by itself.</summary>
    public bool Canceled { get; init; }

    /// <summary>The L2 strength that was used, given or chosen (see <see cref="SoftmaxRetrainerOptions.L2"/>); null where the retrainer
    /// has none.</summary>
    public double? L2 { get; init; }
}
