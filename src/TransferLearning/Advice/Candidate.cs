using TransferLearning.Data;
using TransferLearning.Heads;

namespace TransferLearning.Advice;

/// <summary>An evaluated backbone, with the images and the retrainer to measure its learning curve and unfreezing with.
/// Immutable.</summary>
internal sealed record Candidate(BackboneAdvice Advice, ImageDataset Images, LabeledBottlenecks Data, IRetrainer Retrainer);
