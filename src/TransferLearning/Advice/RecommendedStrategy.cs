using TransferLearning.Strategies;

namespace TransferLearning.Advice;

/// <summary>The strategy that advice recommends for a data set.</summary>
public enum RecommendedStrategy
{
    /// <summary>Retrain the head, and validate it on a held-out part of the images; with unfrozen stages where
    /// <see cref="AdviceResult.Unfreezing"/> recommends them.</summary>
    FineTuning,

    /// <summary>Cross-validate, then train on all images: a held-out part would be too small to measure accuracy on.</summary>
    CrossValidation,

    /// <summary>Label the unlabeled images by a model trained on the labeled ones, and train on all of them.</summary>
    ParallelTraining,

    /// <summary>
    /// Train a backbone on the images themselves, as they are many, and unlike what the backbones were trained for: from random weights
    /// (<see cref="PreTrainingOptions.Architecture"/>), or from those of the recommended one, by fine-tuning with
    /// <see cref="FineTuningOptions.AllStages"/>.
    /// </summary>
    PreTraining,
}
