namespace TransferLearning.Advice;

/// <summary>A way to do transfer learning that suits the data.</summary>
public enum RecommendedStrategy
{
    /// <summary>Retrain the head, judged on a part of the images that is held out.</summary>
    FineTuning,

    /// <summary>Cross-validate, then train on everything: a held-out part would be too small to judge by.</summary>
    CrossValidation,

    /// <summary>Let a model of the labeled images label the others, and train on all of them.</summary>
    ParallelTraining,

    /// <summary>Train a backbone on the images themselves: they are many, and unlike what the candidates know.</summary>
    PreTraining,
}
