using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Heads.Objective;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>A fold with the predictions of its head for its images. Immutable.</summary>
/// <param name="Fold">The part that users see.</param>
/// <param name="Head">Trained on all other folds.</param>
/// <param name="HeldOut">The positions of its images.</param>
/// <param name="Logits">[images, classes].</param>
internal sealed record TrainedFold(CrossValidationFold Fold, LinearHead Head, int[] HeldOut, float[] Logits)
{
    /// <summary>The network that the head classifies the features of, where its stages were tuned; null for that of the run. Default:
    /// null.</summary>
    public Backbone? Backbone { get; init; }

    /// <summary>[images, classes], at a temperature.</summary>
    public float[] Probabilities(double temperature = 1) => HeadPrediction.Probabilities(Logits, Head.Classes, temperature);
}
