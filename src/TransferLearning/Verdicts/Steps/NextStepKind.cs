namespace TransferLearning.Verdicts;

/// <summary>What a <see cref="NextStep"/> is about.</summary>
public enum NextStepKind
{
    /// <summary>Copies of one picture are in training and in validation: the accuracy is too high.</summary>
    Copies,

    /// <summary>The model was trained on some of the images that it was evaluated on.</summary>
    KnownImages,

    /// <summary>The training was canceled.</summary>
    Canceled,

    /// <summary>The accuracy was measured on too few images to be certain.</summary>
    FewEvaluatedImages,

    /// <summary>Some classes have too few images.</summary>
    FewImages,

    /// <summary>Some labels are probably wrong.</summary>
    SuspectLabels,

    /// <summary>Two classes are often confused.</summary>
    ConfusedPair,

    /// <summary>A larger network would be more accurate.</summary>
    WeakBackbone,

    /// <summary>The network's own stages were not trained, and its features do not separate the classes well.</summary>
    FrozenStages,

    /// <summary>The classifier knows its training images much better than new ones.</summary>
    Overfitting,

    /// <summary>Training ended at its limit of epochs, while it still improved.</summary>
    EarlyEnd,

    /// <summary>Images of the classes look unlike those that the model was trained on.</summary>
    UnknownImages,

    /// <summary>The model does not detect images of none of its classes.</summary>
    NoDetector,
}
