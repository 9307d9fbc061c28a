using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Reports.Sections.Predictions;

/// <summary>An image with its prediction. Immutable.</summary>
internal sealed record PredictedImage(LabeledImage Image, Prediction Prediction);
