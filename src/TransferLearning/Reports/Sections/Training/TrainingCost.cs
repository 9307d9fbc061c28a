using TransferLearning.Bottlenecks;

namespace TransferLearning.Reports.Sections.Training;

/// <summary>The cost of bottlenecks and training. Immutable.</summary>
/// <param name="Extraction">How the bottlenecks were obtained.</param>
/// <param name="SecondsTraining">The time spent on training, in seconds.</param>
internal sealed record TrainingCost(ExtractionSummary Extraction, double SecondsTraining);
