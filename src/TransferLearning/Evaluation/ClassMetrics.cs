namespace TransferLearning.Evaluation;

/// <summary>Precision, recall and F1 of one class.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
/// <param name="Name">The class.</param>
/// <param name="Support">The number of images of the class.</param>
/// <param name="Precision">Of the images predicted as the class, the share that belongs to it, 0..1; 0 if none is predicted.</param>
/// <param name="Recall">Of the images of the class, the share predicted as it, 0..1; 0 if there are none.</param>
/// <param name="F1">The harmonic mean of precision and recall, 0..1; 0 if both are 0.</param>
public sealed record ClassMetrics(string Name, int Support, double Precision, double Recall, double F1);
