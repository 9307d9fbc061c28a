namespace TransferLearning.Heads.Regularization;

/// <summary>
/// An optional capability of an <see cref="IRetrainer"/>: it chooses the strength of its L2 penalty from the data, which is most of its
/// work, and can make that choice once for several trainings on almost the same rows. Implementations are thread-safe.
/// </summary>
internal interface IPenaltyChoice
{
    /// <summary>True where the retrainer chooses; false where the strength was given.</summary>
    bool IsOpen { get; }

    /// <summary>The same retrainer with a given strength.</summary>
    /// <param name="strength">0 or more.</param>
    IRetrainer WithL2(double strength);

    /// <summary>
    /// Chooses a strength for each fold of a cross-validation, from the other folds alone; null where there are too few folds to share a
    /// choice, so that each training has to choose by itself. The same for any number of threads.
    /// </summary>
    /// <param name="data">All rows.</param>
    /// <param name="images">The number of first rows that are images; those after them are views of images, in the folds of these.</param>
    /// <param name="foldOf">[n]: the fold of each row, from 0.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    /// <exception cref="TransferLearningException">A bottleneck cannot be used.</exception>
    FoldL2[]? ChooseForFolds(
        LabeledBottlenecks data, int images, int[] foldOf, int folds, int threads, CancellationToken cancellationToken);

    /// <summary>The choice that a retrainer leaves open; null where it has none to make.</summary>
    static IPenaltyChoice? Of(IRetrainer retrainer) => retrainer is IPenaltyChoice { IsOpen: true } choice ? choice : null;
}
