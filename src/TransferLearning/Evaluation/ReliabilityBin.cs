namespace TransferLearning.Evaluation;

/// <summary>
/// The predictions whose probability is within a range: how sure they are, and how often right. Together, the bins are a reliability
/// diagram (Guo et al., "On calibration of modern neural networks", 2017). Immutable.
/// </summary>
/// <param name="Lower">The lower end of the range, 0..1; itself only within the first bin.</param>
/// <param name="Upper">The upper end of the range, 0..1; within the bin.</param>
/// <param name="Images">The number of images whose most probable class has a probability in the range.</param>
/// <param name="Confidence">The mean of those probabilities, 0..1; 0 where there are none.</param>
/// <param name="Accuracy">The share of those predictions that are right, 0..1; 0 where there are none.</param>
public sealed record ReliabilityBin(double Lower, double Upper, int Images, double Confidence, double Accuracy);
