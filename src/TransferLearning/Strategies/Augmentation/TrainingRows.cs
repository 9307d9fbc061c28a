using TransferLearning.Heads;

namespace TransferLearning.Strategies.Augmentation;

/// <summary>What a retrainer learns from: the training rows, and the views of them where there are any. Immutable.</summary>
/// <param name="Rows">The training rows, then the views.</param>
/// <param name="Groups">[rows]: equal for rows that must stay together; empty if none must.</param>
/// <param name="Images">The number of training rows, without the views.</param>
internal sealed record TrainingRows(LabeledBottlenecks Rows, int[] Groups, int Images)
{
    /// <param name="training">The training rows.</param>
    /// <param name="groups">[training rows]: equal for rows that must stay together; empty if none must.</param>
    /// <param name="views">The views of training rows; null for none. Those of one row stay together.</param>
    public static TrainingRows Of(LabeledBottlenecks training, int[] groups, TrainingViews? views)
    {
        if (views is null)
        {
            return new TrainingRows(training, groups, training.Count);
        }

        int[] ofEach = groups.Length > 0 ? groups : [.. Enumerable.Range(0, training.Count)];
        return new TrainingRows(views.AddTo(training), views.Repeat<int>(ofEach), training.Count);
    }

    /// <summary>How a head is trained on the rows: views are learned from, but not predicted or evaluated on.</summary>
    public RetrainingContext In(RetrainingContext context) => context with { Groups = Groups, FirstViewRow = Images };
}
