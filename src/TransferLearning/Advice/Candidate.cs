using TransferLearning.Heads;

namespace TransferLearning.Advice;

/// <summary>An evaluated backbone, with the data and the retrainer to measure its learning curve with. Immutable.</summary>
internal sealed record Candidate(BackboneAdvice Advice, LabeledBottlenecks Data, IRetrainer Retrainer);
