using TransferLearning.Evaluation;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>A model, and how it does on the validation images. Immutable.</summary>
/// <param name="Model">The model, calibrated.</param>
/// <param name="Validation">Its predictions for the validation images.</param>
/// <param name="Calibration">The temperature, and the calibration error before and after.</param>
/// <param name="Canceled">True where the run was canceled before the detector of out-of-distribution images was fitted: the model has
/// none.</param>
internal sealed record CompletedModel(TransferModel Model, EvaluatedImages Validation, Calibration Calibration, bool Canceled);
