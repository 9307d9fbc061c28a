using TransferLearning.Bottlenecks;

namespace TransferLearning.Reports.Sections;

/// <summary>What a model cost to make. Immutable.</summary>
/// <param name="Extraction">What the bottlenecks took.</param>
/// <param name="SecondsTraining">The time spent on training, in seconds.</param>
internal sealed record TrainingCost(ExtractionSummary Extraction, double SecondsTraining);
