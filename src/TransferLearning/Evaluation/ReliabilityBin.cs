namespace TransferLearning.Evaluation;

/// <summary>
/// The predictions with a probability in a range: their mean confidence and their accuracy. Together, the bins are a reliability diagram
/// (Guo et al., "On calibration of modern neural networks", 2017).
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Lower">The lower end of the range, 0..1; exclusive, except in the first bin.</param>
/// <param name="Upper">The upper end of the range, 0..1; inclusive.</param>
/// <param name="Images">The number of images whose most probable class has a probability in the range.</param>
/// <param name="Confidence">The mean of those probabilities, 0..1; 0 if there are none.</param>
/// <param name="Accuracy">The share of those predictions that are right, 0..1; 0 if there are none.</param>
public sealed record ReliabilityBin(double Lower, double Upper, int Images, double Confidence, double Accuracy);
