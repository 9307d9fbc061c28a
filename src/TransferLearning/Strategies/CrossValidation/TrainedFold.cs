using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>A fold with what its head makes of its images. Immutable.</summary>
/// <param name="Fold">What users see of it.</param>
/// <param name="Head">Trained on all other folds.</param>
/// <param name="HeldOut">The positions of its images.</param>
/// <param name="Logits">[images, classes].</param>
internal sealed record TrainedFold(CrossValidationFold Fold, LinearHead Head, int[] HeldOut, float[] Logits)
{
    /// <summary>[images, classes].</summary>
    public float[] Probabilities(double temperature = 1) => HeadPrediction.Probabilities(Logits, Head.Classes, temperature);
}
