using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>How a cross-validation divides images into folds.</summary>
public enum CrossValidationScheme
{
    /// <summary>
    /// A given number of folds, each class spread as evenly as possible. Images of one group (<see cref="LabeledImage.Group"/>) and
    /// copies of one image stay in one fold.
    /// </summary>
    Stratified,

    /// <summary>
    /// One fold per group: how the model does on people, places or videos that it has never seen. Every image needs a group; groups that
    /// hold copies of one image share a fold.
    /// </summary>
    LeaveOneGroupOut,
}
