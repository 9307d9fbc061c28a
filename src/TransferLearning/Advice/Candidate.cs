using TransferLearning.Heads;

namespace TransferLearning.Advice;

/// <summary>A judged backbone with what its learning curve is measured from. Immutable.</summary>
internal sealed record Candidate(BackboneAdvice Advice, LabeledBottlenecks Data, IRetrainer Retrainer);
