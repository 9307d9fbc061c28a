namespace TransferLearning.Models.Descriptions;

/// <summary>The names of facts in model files (<see cref="ModelOrigin.Facts"/>) that <see cref="ModelDescription"/> reads.</summary>
internal static class FactNames
{
    public const string Strategy = "strategy";

    public const string TrainImages = "trainImages";

    public const string PseudoLabeledImages = "pseudoLabelledImages";

    public const string Combination = "combination";

    /// <summary>How training images were varied; absent where they were not.</summary>
    public const string Augmentation = "augmentation";

    public const string Seed = "seed";

    public const string Temperature = "temperature";

    public const string CalibrationError = "calibrationErrorAfter";

    public const string ValidationImages = "validationImages";

    public const string ValidationAccuracy = "validationAccuracy";

    public const string Folds = "folds";

    public const string MeanAccuracy = "meanAccuracy";

    /// <summary>Of a cross-validation, over all images together; earlier files have <see cref="MeanAccuracy"/> alone.</summary>
    public const string Accuracy = "accuracy";

    public const string AccuracyLower = "accuracyLower";

    public const string AccuracyUpper = "accuracyUpper";

    public const string Trainer = "trainer";

    public const string Epochs = "epochs";

    public const string BestEpoch = "bestEpoch";

    public const string L2 = "l2";

    public const string TunedStages = "tunedStages";

    public const string TunedEpochs = "tunedEpochs";

    public const string TunedLearningRate = "tunedLearningRate";

    /// <summary>The version of the library that trained the model.</summary>
    public const string Library = "library";

    /// <summary>The fingerprint of the network that training started from.</summary>
    public const string BackboneFingerprint = "backboneFingerprint";

    public const string WeightsLicense = "weightsLicense";

    /// <summary>The value of <see cref="WeightsLicense"/> for the weights of a network file.</summary>
    public const string UnknownLicense = "unknown: that of the network file's source";
}
