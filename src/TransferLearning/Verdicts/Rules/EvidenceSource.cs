namespace TransferLearning.Verdicts.Rules;

/// <summary>Which images a classifier was evaluated on.</summary>
internal enum EvidenceSource
{
    /// <summary>The validation part of a training.</summary>
    Validation,

    /// <summary>All images, each predicted by a head of other folds.</summary>
    CrossValidation,

    /// <summary>Other images, after the training.</summary>
    OtherData,
}
